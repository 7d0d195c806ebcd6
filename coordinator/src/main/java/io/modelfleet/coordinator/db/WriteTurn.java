package io.modelfleet.coordinator.db;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One writer of this process at a time, in the order of their coming. The lock on the fleet's row
 * would do; this one keeps those who wait from holding connections.
 */
final class WriteTurn {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock(true);

    /**
     * Waits.
     *
     * @throws FleetException {@link ErrorCode#UNAVAILABLE} when that takes too long
     */
    void take() {
        try {
            if (!lock.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw refusal("too many writers wait");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal("interrupted");
        }
    }

    void pass() {
        lock.unlock();
    }

    private static FleetException refusal(String cause) {
        return new FleetException(ErrorCode.UNAVAILABLE, "UNAVAILABLE.database", cause);
    }
}
