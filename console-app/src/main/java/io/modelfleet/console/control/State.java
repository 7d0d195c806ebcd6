package io.modelfleet.console.control;

import java.util.Locale;

/**
 * Everything that a badge or a matrix cell can say. Each has a sign, so that colour is never the
 * only difference, a style class of the same name, and the tokens {@code -mf-name-fg} and {@code
 * -mf-name-bg}. The words stand in the messages as {@code state.NAME}.
 */
public enum State {
    ONLINE("●"),
    OFFLINE("○"),
    /** Online or not, the operator wants no new work there. */
    PAUSED("‖"),
    INSTALLED("✓"),
    /** The same name with another digest than elsewhere. */
    OLD("≠"),
    QUEUED("…"),
    DOWNLOADING("↓"),
    FAILED("✗"),
    ABSENT("·"),
    /** For the GPU or the disk. */
    TOOBIG("⊘");

    private final String sign;

    State(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    public String styleClass() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String key() {
        return "state." + name();
    }

    /** Name of the token that colours its text. */
    public String foreground() {
        return "-mf-" + styleClass() + "-fg";
    }

    /** Name of the token behind its text. */
    public String background() {
        return "-mf-" + styleClass() + "-bg";
    }
}
