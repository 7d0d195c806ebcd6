package io.modelfleet.protocol;

/** What is done to text from outside before it is shown again. */
final class Text {
    /** Longer than any valid model name of the public library, short enough for a log line. */
    private static final int LONGEST_ECHO = 200;

    private Text() {}

    static String shortened(String text) {
        return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "…";
    }
}
