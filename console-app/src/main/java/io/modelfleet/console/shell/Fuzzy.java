package io.modelfleet.console.shell;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * How well a text answers to a few typed letters. Each word that was typed must be in the text, in
 * one piece or letter by letter in this order: {@code gpu4} finds {@code gpu-04}.
 */
final class Fuzzy {
    private static final int AT_THE_START = 1000;
    private static final int AT_A_WORD = 800;
    private static final int INSIDE = 600;
    private static final int SCATTERED = 400;

    private Fuzzy() {}

    /**
     * @return higher for a better answer, empty for none; nothing typed is answered by everything
     */
    static OptionalInt score(String typed, String text) {
        String in = text.toLowerCase(Locale.ROOT);
        int sum = 0;
        for (String word : typed.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            int score = word(word, in);
            if (score < 0) {
                return OptionalInt.empty();
            }
            sum += score;
        }
        return OptionalInt.of(sum);
    }

    private static int word(String word, String in) {
        if (in.startsWith(word)) {
            return AT_THE_START;
        }
        int inside = -1;
        for (int at = in.indexOf(word); at >= 0; at = in.indexOf(word, at + 1)) {
            if (!Character.isLetterOrDigit(in.charAt(at - 1))) {
                return AT_A_WORD;
            }
            inside = INSIDE;
        }
        return inside >= 0 ? inside : scattered(word, in);
    }

    /** The closer together the letters stand, the better. */
    private static int scattered(String word, String in) {
        int best = -1;
        for (int start = in.indexOf(word.charAt(0));
                start >= 0;
                start = in.indexOf(word.charAt(0), start + 1)) {
            int end = end(word, in, start);
            if (end < 0) {
                break;
            }
            best = Math.max(best, Math.max(0, SCATTERED - 10 * (end - start - word.length())));
        }
        return best;
    }

    /**
     * Where the letters are through, when they begin here; negative when they are not all there.
     */
    private static int end(String word, String in, int start) {
        int at = start;
        for (int i = 0; i < word.length(); i++) {
            at = in.indexOf(word.charAt(i), at);
            if (at < 0) {
                return -1;
            }
            at++;
        }
        return at;
    }
}
