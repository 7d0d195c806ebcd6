package io.modelfleet.simulator.wire;

import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a server does wrong, on command. Several faults can hold at once; {@link #clear} ends all of
 * them. (To refuse connections is the {@link Listener}'s part.)
 */
public final class Faults implements Filter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stalled;
    private Duration delay = Duration.ZERO;
    private int answersToCut;
    private long cutAfter;
    private int requestsToFail;
    private int failure = 503;

    /** Accepts connections but says nothing, in answers under way too, until {@link #clear}. */
    public void stall() {
        change(() -> stalled = true);
    }

    /** Waits this long before every answer. */
    public void slow(Duration beforeEachAnswer) {
        change(() -> delay = beforeEachAnswer);
    }

    /**
     * Closes the connection in the middle of the next streamed answers (a blob, a pull).
     *
     * @param answers how many of them, {@link Integer#MAX_VALUE} for all
     * @param afterBytes bytes of each body that are still sent
     */
    public void cut(int answers, long afterBytes) {
        change(
                () -> {
                    answersToCut = answers;
                    cutAfter = afterBytes;
                });
    }

    /**
     * Answers the next requests with an error.
     *
     * @param requests how many, {@link Integer#MAX_VALUE} for all
     * @param status from 400 to 599
     */
    public void fail(int requests, int status) {
        change(
                () -> {
                    requestsToFail = requests;
                    failure = status;
                });
    }

    /** Ends every fault. */
    public void clear() {
        change(
                () -> {
                    stalled = false;
                    delay = Duration.ZERO;
                    answersToCut = 0;
                    requestsToFail = 0;
                });
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (request.path().path().startsWith(ControlRoute.PATH)) {
            chain.proceed();
            return;
        }
        pause();
        int error = nextFailure();
        if (error == 0) {
            chain.proceed();
        } else if (request.prologue().method().equals(Method.HEAD)) {
            response.status(Status.create(error)).send();
        } else {
            response.status(Status.create(error)).send("simulated fault");
        }
    }

    /** The body of a streamed answer, with stalls and cuts in it. */
    public OutputStream guard(OutputStream body) {
        lock.lock();
        try {
            boolean cut = answersToCut > 0;
            if (cut && answersToCut != Integer.MAX_VALUE) {
                answersToCut--;
            }
            return new FaultyStream(body, cut ? cutAfter : Long.MAX_VALUE, this);
        } finally {
            lock.unlock();
        }
    }

    /** Waits while stalled. */
    void awaitNoStall() {
        lock.lock();
        try {
            while (stalled) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            long left = delay.toNanos();
            while (left > 0 && !delay.isZero()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
        awaitNoStall();
    }

    private int nextFailure() {
        lock.lock();
        try {
            if (requestsToFail == 0) {
                return 0;
            }
            if (requestsToFail != Integer.MAX_VALUE) {
                requestsToFail--;
            }
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static CloseConnectionException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CloseConnectionException("the server stops", e);
    }
}
