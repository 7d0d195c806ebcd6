package io.modelfleet.agent.gpu;

import org.jspecify.annotations.Nullable;

/** Drivers have been seen to answer nonsense such as 65535; that is "unknown". */
final class Percent {
    private Percent() {}

    /** The value when it is within 0 to 100. */
    static @Nullable Integer orNull(@Nullable Integer value) {
        return value == null || value < 0 || value > 100 ? null : value;
    }
}
