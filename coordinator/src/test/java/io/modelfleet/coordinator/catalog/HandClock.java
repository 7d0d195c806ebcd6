package io.modelfleet.coordinator.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when a test moves it. */
public final class HandClock implements InstantSource {
    private volatile Instant now = Instant.parse("2025-11-14T10:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }
}
