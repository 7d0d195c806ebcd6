package io.modelfleet.agent.pull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wish to stop, which cuts waits short. Thread-safe; public for the loops of package link. */
public final class Halt {
    private final CountDownLatch wished = new CountDownLatch(1);

    public void wish() {
        wished.countDown();
    }

    public boolean wished() {
        return wished.getCount() == 0;
    }

    /**
     * Waits.
     *
     * @return whether the wish came, before or meanwhile; an interrupt counts as one
     */
    public boolean within(Duration wait) {
        try {
            return wished.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
