package io.modelfleet.agent.link;

import io.modelfleet.agent.pull.Halt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Waits between passes. A machine that sleeps stops the clock that waits are measured with, so the
 * wall clock is looked at too: when it has leapt, the rest is over at once.
 */
final class Rest {
    private static final System.Logger LOG = System.getLogger(Rest.class.getName());
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** More than a busy machine is late by. */
    private static final Duration LEAP = Duration.ofSeconds(10);

    private final Halt halt;
    private final InstantSource wall;

    Rest(Halt halt, InstantSource wall) {
        this.halt = halt;
        this.wall = wall;
    }

    enum End {
        /** The time is over. */
        OVER,
        /** The machine slept meanwhile, or its clock was set forward. */
        LEAPT,
        /** The agent stops. */
        HALTED
    }

    End take(Duration pause) {
        Duration left = pause;
        do {
            Duration wait = left.compareTo(SHORT) < 0 ? left : SHORT;
            Instant before = wall.instant();
            if (halt.within(wait)) {
                return End.HALTED;
            }
            Duration passed = Duration.between(before, wall.instant());
            if (passed.minus(wait).compareTo(LEAP) > 0) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "The machine slept, or its clock was set forward: seconds="
                                + passed.toSeconds());
                return End.LEAPT;
            }
            left = left.minus(wait);
        } while (left.isPositive());
        return End.OVER;
    }
}
