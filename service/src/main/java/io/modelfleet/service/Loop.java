package io.modelfleet.service;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A named daemon thread that runs one pass after the other until it is closed; a pass that throws
 * is logged.
 */
public final class Loop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    /** How long {@link #close} waits for the pass that is under way. */
    private static final Duration LAST_PASS = Duration.ofSeconds(2);

    private final String name;
    private final Duration interval;
    private final Runnable pass;
    private @Nullable Thread thread;

    /**
     * @param interval between the end of one pass and the start of the next
     */
    public Loop(String name, Duration interval, Runnable pass) {
        this.name = name;
        this.interval = interval;
        this.pass = pass;
    }

    public void start() {
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                pass.run();
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "A pass of " + name + " failed; the next one follows",
                        e);
            }
            try {
                Thread.sleep(interval);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(LAST_PASS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
