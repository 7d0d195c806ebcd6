package io.modelfleet.console.client;

import io.modelfleet.protocol.Changes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks one coordinator again and again what changed, on one thread of its own: a question never
 * overlaps the one before. It never gives up and never waits longer than the interval, so a
 * coordinator that comes back is seen at once.
 */
public final class Poller implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Poller.class.getName());

    private final FleetApi api;
    private final InstantSource clock;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;

    private volatile Duration interval;
    private volatile boolean closed;
    private boolean askNow;

    // Touched by the pass only.
    private FleetState state = FleetState.EMPTY;
    private @Nullable Instant lastAnswer;
    private @Nullable Instant lostSince;

    /** Hears of every pass, on the poller's thread. */
    public interface Listener {
        /**
         * @param fleet the newest that is known; after a lost connection the last one
         */
        void polled(FleetState fleet, ConnectionState connection);
    }

    /**
     * @param interval between an answer and the next question
     */
    public Poller(FleetApi api, Duration interval, InstantSource clock, Listener listener) {
        this.api = api;
        this.interval = interval;
        this.clock = clock;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("fleet-poller").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Asks without waiting for the interval to pass. */
    public void pollNow() {
        lock.lock();
        try {
            askNow = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    public void interval(Duration next) {
        interval = next;
    }

    private void run() {
        while (!closed) {
            try {
                pass();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "A poll failed; the next one follows", e);
            }
            try {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = interval.toNanos();
            while (!askNow && left > 0) {
                left = woken.awaitNanos(left);
            }
            askNow = false;
        } finally {
            lock.unlock();
        }
    }

    /** One question and what follows from its answer. */
    void pass() {
        Reply<Changes> reply = ask();
        if (closed) {
            return;
        }
        ConnectionState connection =
                switch (reply) {
                    case Reply.Ok<Changes> ok -> answered(ok.value());
                    case Reply.Refused<Changes> no ->
                            lost(
                                    new ConnectionState.Failure.Refusal(
                                            no.status(), no.code(), no.text()));
                    case Reply.Unreachable<Changes> gone ->
                            lost(new ConnectionState.Failure.NoAnswer(gone.cause(), gone.detail()));
                };
        listener.polled(state, connection);
    }

    private Reply<Changes> ask() {
        Reply<Changes> reply = api.changes(state.version());
        boolean otherHistory =
                reply instanceof Reply.Ok<Changes> ok
                        && !ok.value().full()
                        && ok.value().version() < state.version();
        // Another coordinator's changes do not lead on from what is held here.
        return otherHistory ? api.changes(FleetState.NO_VERSION) : reply;
    }

    private ConnectionState answered(Changes changes) {
        state = state.apply(changes);
        Instant now = clock.instant();
        lastAnswer = now;
        lostSince = null;
        return new ConnectionState.Live(now);
    }

    private ConnectionState lost(ConnectionState.Failure cause) {
        Instant since = lostSince == null ? clock.instant() : lostSince;
        lostSince = since;
        return new ConnectionState.Lost(since, lastAnswer, cause);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
