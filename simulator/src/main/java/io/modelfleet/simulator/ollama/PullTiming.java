package io.modelfleet.simulator.ollama;

import io.modelfleet.simulator.wire.Throttle;
import java.time.Duration;

/**
 * The rhythm of a download.
 *
 * @param line between two progress lines
 * @param partSize bytes of one ranged request; Ollama's own are 100 MB and more, these are scaled
 *     down with the models
 * @param parts how many are fetched at once
 * @param retryBase pause after a part's first failure, doubled for each further one (six tries)
 * @param stallAfter a part that received nothing for so long starts again
 * @param locationPatience how long the registry may fail to say where a blob is
 * @param windDown how long a cancelled download lingers before the next one can start
 * @param verifyRate bytes per second of verification, slower than the disk if wanted
 */
public record PullTiming(
        Duration line,
        long partSize,
        int parts,
        Duration retryBase,
        Duration stallAfter,
        Duration locationPatience,
        Duration windDown,
        long verifyRate) {
    /** Ollama's own times (its {@code server/download.go}, v0.33), with parts of 8 MB. */
    public static final PullTiming LIKE_OLLAMA =
            new PullTiming(
                    Duration.ofMillis(60),
                    8_000_000,
                    4,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ZERO,
                    Throttle.UNLIMITED);

    public PullTiming withPartSize(long bytes) {
        return new PullTiming(
                line, bytes, parts, retryBase, stallAfter, locationPatience, windDown, verifyRate);
    }

    public PullTiming withRetryBase(Duration pause) {
        return new PullTiming(
                line, partSize, parts, pause, stallAfter, locationPatience, windDown, verifyRate);
    }

    public PullTiming withStallAfter(Duration silence) {
        return new PullTiming(
                line, partSize, parts, retryBase, silence, locationPatience, windDown, verifyRate);
    }

    public PullTiming withLocationPatience(Duration patience) {
        return new PullTiming(
                line, partSize, parts, retryBase, stallAfter, patience, windDown, verifyRate);
    }

    public PullTiming withWindDown(Duration lingering) {
        return new PullTiming(
                line,
                partSize,
                parts,
                retryBase,
                stallAfter,
                locationPatience,
                lingering,
                verifyRate);
    }

    public PullTiming withVerifyRate(long bytesPerSecond) {
        return new PullTiming(
                line,
                partSize,
                parts,
                retryBase,
                stallAfter,
                locationPatience,
                windDown,
                bytesPerSecond);
    }
}
