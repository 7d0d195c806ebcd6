package io.modelfleet.console.overview;

/** What stands before a line, so that colour is never the only difference. */
enum Sign {
    FAILED("✗", "failed"),
    WARNING("!", "paused"),
    DIFFERENT("≠", "old"),
    AWAY("○", "offline"),
    HERE("●", "online"),
    PAUSED("‖", "paused"),
    DONE("✓", "installed"),
    GONE("⊘", "toobig");

    private final String text;
    private final String styleClass;

    Sign(String text, String styleClass) {
        this.text = text;
        this.styleClass = styleClass;
    }

    String text() {
        return text;
    }

    /** A badge's; see console.css. */
    String styleClass() {
        return styleClass;
    }
}
