package io.modelfleet.simulator.ollama;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of the process: pauses end at once, and after a hard one nothing is saved any more. */
final class Halt {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean hard;

    void now(boolean hardly) {
        hard = hardly;
        ended.countDown();
    }

    boolean isHard() {
        return hard;
    }

    /** Sleeps, whoever interrupts; only the end of the process ends it early. */
    void sleep(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
