package io.modelfleet.service;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A named daemon thread that runs one pass after the other until it is closed; a pass that throws
 * is logged: a refusal ({@link FleetException}) in one line when it begins, a bug each time.
 */
public final class Loop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    /** How long {@link #close} waits for the pass that is under way. */
    private static final Duration LAST_PASS = Duration.ofSeconds(2);

    private final String name;
    private final Duration interval;
    private final Runnable pass;
    private volatile boolean closed;
    private @Nullable ErrorCode complaint;
    private @Nullable Thread thread;

    /**
     * @param interval between the end of one pass and the start of the next
     */
    public Loop(String name, Duration interval, Runnable pass) {
        this.name = name;
        this.interval = interval;
        this.pass = pass;
    }

    /**
     * @throws IllegalStateException when it was started before: two threads would overlap
     */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException(name + " runs already");
        }
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    private void run() {
        // A pass may swallow the interrupt that close() sends: the field is what counts.
        while (!closed) {
            guarded();
            try {
                Thread.sleep(interval);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Errors are caught too: a service whose loop has died without a word looks healthy. */
    private void guarded() {
        try {
            pass.run();
            complaint = null;
        } catch (FleetException refused) {
            refused(refused);
        } catch (RuntimeException | Error e) {
            if (closed) {
                LOG.log(System.Logger.Level.DEBUG, "The last pass of " + name + " was cut off", e);
            } else {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "A pass of " + name + " failed; the next one follows",
                        e);
            }
        }
    }

    /** What is expected to happen is told when it begins, and not with each pass. */
    private void refused(FleetException refusal) {
        if (refusal.code() != complaint) {
            complaint = refusal.code();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A pass of " + name + " was not possible: " + refusal.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
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
