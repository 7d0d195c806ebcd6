package io.modelfleet.protocol;

import java.util.Locale;

/** Decimal gigabytes with one decimal, as the contract shows sizes to people. */
public final class Gigabytes {
    private static final double BYTES = 1e9;

    private Gigabytes() {}

    /** {@code 12_512_345_678} becomes {@code 12.5}. */
    public static double of(long bytes) {
        return Math.round(bytes / BYTES * 10) / 10.0;
    }

    /** {@code 12_512_345_678} becomes {@code "12.5GB"}. */
    public static String text(long bytes) {
        return String.format(Locale.ROOT, "%.1fGB", of(bytes));
    }
}
