package io.modelfleet.simulator.faults;

import io.modelfleet.simulator.fleet.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that is killed, paused and started again, always on the same port and with the same
 * data. Thread-safe.
 */
final class Restartable implements AutoCloseable {
    private final String name;
    private final Starter starter;
    private final List<FaultyLink> links;
    private @Nullable JavaProcess process;
    private boolean paused;

    /** Starts the program and waits until it is ready. */
    interface Starter {
        JavaProcess start() throws IOException;
    }

    /**
     * @param links that lead to it: while it is down, nobody can connect through them
     */
    Restartable(String name, Starter starter, List<FaultyLink> links) {
        this.name = name;
        this.starter = starter;
        this.links = List.copyOf(links);
    }

    /** Makes it run, whatever it did before. */
    synchronized void run() {
        if (process == null) {
            try {
                process = starter.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            links.forEach(link -> link.targetRuns(true));
        } else if (paused) {
            process.resume();
        }
        paused = false;
    }

    /**
     * Ends it with {@code SIGKILL}.
     *
     * @return whether it ran
     */
    synchronized boolean kill() {
        if (process == null) {
            return false;
        }
        process.kill();
        process = null;
        paused = false;
        links.forEach(link -> link.targetRuns(false));
        return true;
    }

    /**
     * Stops it with {@code SIGSTOP}, as a machine's sleep would.
     *
     * @return whether it ran
     */
    synchronized boolean pause() {
        if (process == null || paused) {
            return false;
        }
        process.pause();
        paused = true;
        return true;
    }

    @Override
    public synchronized void close() {
        if (process != null && paused) {
            process.resume();
        }
        if (process != null) {
            process.close();
            process = null;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
