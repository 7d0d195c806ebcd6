package io.modelfleet.agent.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes per second over a sliding window. Not thread-safe. */
final class SpeedMeter {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** A rate over less than this says more about the clock than about the network. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final InstantSource time;

    /**
     * Oldest first; the first may be older than the window: the level at which the window began.
     */
    private final Deque<Sample> samples = new ArrayDeque<>();

    private long moved;

    SpeedMeter(InstantSource time) {
        this.time = time;
    }

    /**
     * @param bytes that have arrived since the last call
     */
    void moved(long bytes) {
        Instant now = time.instant();
        if (samples.isEmpty()) {
            samples.add(new Sample(now, moved));
        }
        moved += bytes;
        samples.add(new Sample(now, moved));
        forget(now);
    }

    /** Nothing is going to move for a while. */
    void stop() {
        samples.clear();
    }

    long bytesPerSecond() {
        Instant now = time.instant();
        forget(now);
        Sample first = samples.peekFirst();
        if (first == null) {
            return 0;
        }
        Duration elapsed = Duration.between(first.at, now);
        Duration span = elapsed.compareTo(WINDOW) > 0 ? WINDOW : elapsed;
        Duration divisor = span.compareTo(SHORTEST) < 0 ? SHORTEST : span;
        return (moved - first.level) * 1000 / divisor.toMillis();
    }

    private void forget(Instant now) {
        Instant begin = now.minus(WINDOW);
        while (samples.size() > 1) {
            Sample oldest = samples.removeFirst();
            Sample next = samples.getFirst();
            if (next.at.isAfter(begin)) {
                samples.addFirst(oldest);
                return;
            }
        }
    }

    private record Sample(Instant at, long level) {}
}
