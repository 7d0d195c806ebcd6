package io.modelfleet.agent.ollama;

import java.time.Duration;

/**
 * How long a peer has been silent, counted in short waits: of a machine's sleep, which no clock
 * tells the same on every system, one short wait counts at most. Not thread-safe.
 */
final class Silence {
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Duration limit;
    private Duration silent = Duration.ZERO;

    Silence(Duration limit) {
        this.limit = limit;
    }

    /** How long to wait now; zero when the peer was silent for too long. */
    Duration next() {
        Duration left = limit.minus(silent);
        return left.compareTo(SHORT) < 0 ? left : SHORT;
    }

    /** The wait passed without a sign of life. */
    void waited(Duration wait) {
        silent = silent.plus(wait);
    }
}
