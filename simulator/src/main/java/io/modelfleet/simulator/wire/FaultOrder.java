package io.modelfleet.simulator.wire;

import io.modelfleet.protocol.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /_control} reads; see {@link ControlRoute}.
 *
 * @param bandwidth new bandwidth in bytes per second, with or without a fault
 */
public record FaultOrder(
        @Nullable String fault,
        @Nullable Integer count,
        @Nullable Long bytes,
        @Nullable Integer status,
        @Nullable Long millis,
        @Nullable Digest digest,
        @Nullable Long bandwidth) {

    int countOr(int fallback) {
        return count == null ? fallback : count;
    }

    long bytesOr(long fallback) {
        return bytes == null ? fallback : bytes;
    }

    int statusOr(int fallback) {
        return status == null ? fallback : status;
    }

    long millisOr(long fallback) {
        return millis == null ? fallback : millis;
    }
}
