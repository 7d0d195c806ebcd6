package io.modelfleet.console.page;

/** Short messages in a corner of the window, which go by themselves. */
public interface Notifier {
    void success(String text);

    void info(String text);

    /** Stays until it is closed. */
    void failure(String text);

    /**
     * @param action what the button says
     * @param run what the button does
     */
    void withAction(Level level, String text, String action, Runnable run);

    /** How serious it is. */
    enum Level {
        SUCCESS,
        INFO,
        FAILURE
    }
}
