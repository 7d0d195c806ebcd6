package io.modelfleet.protocol;

/** What is done to text from outside before it is stored or shown again. */
public final class Text {
    /** Longer than any valid model name of the public library, short enough for a log line. */
    private static final int LONGEST_ECHO = 200;

    private Text() {}

    static String shortened(String text) {
        return shortened(text, LONGEST_ECHO);
    }

    /** At most {@code longest} characters and an ellipsis; no surrogate pair is torn. */
    static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }

    /** Whether a character can be neither stored everywhere nor shown. */
    static boolean unprintable(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\t';
    }

    /** The text with each unprintable character replaced, so that it can be stored and shown. */
    public static String printable(String text) {
        return text.chars().noneMatch(Text::unprintable)
                ? text
                : text.codePoints()
                        .map(c -> unprintable(c) ? '\ufffd' : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }
}
