package io.modelfleet.agent.pull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time for durations: it begins at the wall clock and then runs evenly, however that clock is set.
 * Not to be shown to anyone, and not to be kept on disk.
 */
public final class SteadyTime implements InstantSource {
    private final LongSupplier nanos;
    private final Instant began;
    private final long beganNanos;

    /**
     * @param nanos as {@link System#nanoTime}
     */
    public SteadyTime(Instant began, LongSupplier nanos) {
        this.nanos = nanos;
        this.began = began;
        this.beganNanos = nanos.getAsLong();
    }

    public static SteadyTime system() {
        return new SteadyTime(Instant.now(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return began.plusNanos(nanos.getAsLong() - beganNanos);
    }
}
