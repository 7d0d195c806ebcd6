package io.modelfleet.service;

import java.util.regex.Pattern;

/**
 * Takes out of a text what must not be read by others. The last line of defence: whoever holds a
 * secret does not write it, but libraries quote addresses and settings in their complaints.
 */
public final class Secrets {
    private static final String MASK = "***";

    /** In {@code http://user:password@host}. */
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^\\s'\"]*@");

    /** In {@code password=x}, {@code --api-token: x} and {@code "secret": "x"}. */
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i)((?:password|passwd|secret|token|credentials?|api[-_]?key)[\"']?\\s*[=:]\\s*[\"']?)"
                            + "[^\\s\"',;&]+");

    /** In a header {@code Authorization: Bearer x}. */
    private static final Pattern HEADER =
            Pattern.compile(
                    "(?i)(authorization[\"']?\\s*[=:]\\s*[\"']?(?:(?:bearer|basic)\\s+)?)[^\\s\"',]+");

    private Secrets() {}

    /** The same text with {@code ***} in the place of each secret that shows itself as one. */
    public static String masked(String text) {
        if (text.indexOf(':') < 0 && text.indexOf('=') < 0) {
            return text;
        }
        String safe = CREDENTIALS.matcher(text).replaceAll(MASK + "@");
        safe = NAMED.matcher(safe).replaceAll("$1" + MASK);
        return HEADER.matcher(safe).replaceAll("$1" + MASK);
    }
}
