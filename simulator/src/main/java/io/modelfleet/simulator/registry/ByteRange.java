package io.modelfleet.simulator.registry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of a blob (RFC 9110, section 14.1.2).
 *
 * @param from first byte
 * @param to last byte, included
 */
record ByteRange(long from, long to) {
    private static final Pattern SYNTAX = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    long length() {
        return to - from + 1;
    }

    /** Empty when the blob has no such bytes, which is status 416. */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = SYNTAX.matcher(header.trim());
        if (!matcher.matches() || header.trim().equals("bytes=-")) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : number(first);
        long to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(size - 1, number(last));
        return from < size && from <= to ? Optional.of(new ByteRange(from, to)) : Optional.empty();
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }
}
