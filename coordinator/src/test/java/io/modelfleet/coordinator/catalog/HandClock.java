package io.modelfleet.coordinator.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when a test moves it. */
public final class HandClock implements InstantSource {
    private final AtomicLong ticks = new AtomicLong();
    private volatile Instant now = Instant.parse("2025-11-14T10:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Time that no setting of the clock moves, in nanoseconds. */
    public long ticks() {
        return ticks.get();
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
        ticks.addAndGet(duration.toNanos());
    }

    /** Somebody sets the clock; no time passes. */
    public void jump(Duration duration) {
        now = now.plus(duration);
    }
}
