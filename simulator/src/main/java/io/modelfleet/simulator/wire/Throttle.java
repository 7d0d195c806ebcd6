package io.modelfleet.simulator.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A bandwidth that several transfers share (a token bucket); it can be changed while they run. */
public final class Throttle {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /**
     * What may pass at once after a pause, in seconds of the rate: small, so that speed is even.
     */
    private static final double BURST_SECONDS = 0.02;

    /** How soon a waiting transfer notices that it was given up. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long rate;
    private double available;
    private long refilledAt = System.nanoTime();

    /**
     * @param bytesPerSecond more than 0, or {@link #UNLIMITED}
     */
    public Throttle(long bytesPerSecond) {
        this.rate = checked(bytesPerSecond);
    }

    /**
     * Changes the bandwidth, for running transfers too.
     *
     * @param bytesPerSecond more than 0, or {@link #UNLIMITED}
     */
    public void rate(long bytesPerSecond) {
        lock.lock();
        try {
            rate = checked(bytesPerSecond);
            available = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes per second. */
    public long rate() {
        lock.lock();
        try {
            return rate;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until these bytes may pass, or until {@code givenUp} says that nobody wants them. */
    public void take(int bytes, BooleanSupplier givenUp) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (rate != UNLIMITED && !givenUp.getAsBoolean()) {
                refill();
                if (available > 0) {
                    // A debt is allowed: the next one waits for it, so that any size passes.
                    available -= bytes;
                    return;
                }
                long wait = (long) ((1 - available) * 1e9 / rate);
                changed.awaitNanos(Math.min(wait, LONGEST_WAIT_NANOS));
            }
        } finally {
            lock.unlock();
        }
    }

    private void refill() {
        long now = System.nanoTime();
        available += (now - refilledAt) / 1e9 * rate;
        available = Math.min(available, Math.max(1, rate * BURST_SECONDS));
        refilledAt = now;
    }

    private static long checked(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("a bandwidth is more than 0: " + bytesPerSecond);
        }
        return bytesPerSecond;
    }
}
