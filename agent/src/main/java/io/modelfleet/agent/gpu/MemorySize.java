package io.modelfleet.agent.gpu;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory as people write it: {@code 24GB}, {@code 24GiB}, {@code 24576MiB}, {@code
 * 4.5G}, or plain bytes. Memory is sold in powers of two, so {@code GB} is 2^30 bytes here, as
 * {@code GiB} is: {@code 24GB} by hand is what a card with 24 GB reports.
 *
 * @param bytes at least 1
 */
public record MemorySize(long bytes) {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6})?)\\s*([kmgt]?)(?:i?b)?");

    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);

    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 50);

    /**
     * @throws IllegalArgumentException for less than 1 byte
     */
    public MemorySize {
        if (bytes < 1) {
            throw new IllegalArgumentException("memory must be at least 1 byte, not " + bytes);
        }
    }

    /**
     * @throws IllegalArgumentException with a sentence for people, for text that is no size, no
     *     memory at all, or more than 1024 TiB
     */
    public static MemorySize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            BigDecimal unit = BigDecimal.valueOf(UNITS.getOrDefault(matcher.group(2), 1L));
            BigDecimal bytes =
                    new BigDecimal(matcher.group(1)).multiply(unit).setScale(0, RoundingMode.DOWN);
            if (bytes.signum() > 0 && bytes.compareTo(MOST) <= 0) {
                return new MemorySize(bytes.longValueExact());
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no amount of memory; write it as 24GB, 24576MiB or in bytes");
    }

    /** Whole gigabytes of 2^30 bytes, rounded, as the log shows them: {@code 24GB}. */
    static String text(long bytes) {
        return Math.round(bytes / (double) (1L << 30)) + "GB";
    }
}
