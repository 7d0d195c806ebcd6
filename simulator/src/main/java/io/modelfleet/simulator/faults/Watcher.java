package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskPage;
import io.modelfleet.simulator.fleet.Api;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads one coordinator all the time, as a console does, and checks what it reads. Calls that get
 * no answer are repeated.
 */
final class Watcher implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(60);
    private static final String ACTIVE =
            "/api/tasks?limit=500&status=pending,queued,downloading,verifying";

    private final Api api;
    private final TaskHistory history;
    private final Replay replay = new Replay();
    private final AtomicReference<@Nullable Violation> violation = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param history of this coordinator, which lives longer than the watcher
     */
    Watcher(String name, Api api, TaskHistory history) {
        this.api = api;
        this.history = history;
        this.thread = Thread.ofVirtual().name("watcher of " + name).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    private void loop() {
        while (!closed && violation.get() == null) {
            try {
                poll();
                readActive();
                Thread.sleep(PAUSE);
            } catch (UncheckedIOException noAnswer) {
                // killed, paused or not started yet
            } catch (Violation seen) {
                violation.compareAndSet(null, seen);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (closed) {
                    return; // a call was cut off
                }
                violation.compareAndSet(
                        null, new Violation("an answer could not be understood: " + e, e));
            }
        }
    }

    /**
     * Asks for what changed and applies it.
     *
     * @return the answer; empty when the coordinator could not give one
     */
    synchronized Optional<Changes> poll() {
        Api.Result result = api.get("/api/changes?since=" + replay.version());
        if (!result.ok()) {
            return Optional.empty();
        }
        Changes changes = Json.mapper().convertValue(result.body(), Changes.class);
        replay.apply(changes);
        changes.tasks().forEach(history::saw);
        return Optional.of(changes);
    }

    private synchronized void readActive() {
        Api.Result result = api.get(ACTIVE);
        if (result.ok()) {
            List<Task> tasks = Json.mapper().convertValue(result.body(), TaskPage.class).tasks();
            tasks.forEach(history::saw);
            history.sawActive(tasks);
        }
    }

    /** What the reader holds now; use it from the thread that has just polled. */
    synchronized Replay replay() {
        return replay;
    }

    /**
     * @throws Violation the first that was seen
     */
    void check() {
        Violation seen = violation.get();
        if (seen != null) {
            throw seen;
        }
    }

    /** Ends the loop and waits for it; {@link #poll} goes on to work. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
