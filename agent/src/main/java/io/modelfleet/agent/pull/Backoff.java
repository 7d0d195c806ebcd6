package io.modelfleet.agent.pull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with jitter: each wait is drawn from the upper half of a span that doubles,
 * so that a fleet which lost its coordinator at once does not come back at once.
 *
 * @param first the first span
 * @param longest the span that is not exceeded
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 30;

    /** 1 s to 30 s. */
    public static Backoff standard(RandomGenerator random) {
        return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    }

    /**
     * @param failures in a row so far, at least 1
     */
    public Duration after(int failures) {
        int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1));
        long span = Math.min(longest.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(span / 2 + random.nextLong(span / 2 + 1));
    }
}
