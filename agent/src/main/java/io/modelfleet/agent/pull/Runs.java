package io.modelfleet.agent.pull;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The work under way, one named virtual thread each, in the order in which it started. A stopped
 * one stays until its thread has ended: only then is its place free.
 */
final class Runs {
    private static final System.Logger LOG = System.getLogger(Runs.class.getName());

    private final String name;
    private final Map<NodeTask, Run> running = new LinkedHashMap<>();

    Runs(String name) {
        this.name = name;
    }

    private record Run(Work work, Thread thread) {}

    synchronized void start(NodeTask task, Work work, Consumer<Ending> finished) {
        Thread thread =
                Thread.ofVirtual()
                        .name(name + "-task-" + task.id())
                        .unstarted(() -> finished.accept(guarded(task, work)));
        running.put(task, new Run(work, thread));
        thread.start();
    }

    private static Ending guarded(NodeTask task, Work work) {
        try {
            return work.run();
        } catch (RuntimeException bug) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Task broke off: task_id={0}, model={1}",
                    task.id(),
                    task.model(),
                    bug);
            return new Ending.Failed(
                    ErrorCode.INTERNAL, FleetException.of(ErrorCode.INTERNAL).text(Locale.ENGLISH));
        }
    }

    synchronized boolean has(NodeTask task) {
        return running.containsKey(task);
    }

    synchronized List<NodeTask> tasks() {
        return List.copyOf(running.keySet());
    }

    synchronized void remove(NodeTask task) {
        running.remove(task);
    }

    synchronized void stop(NodeTask task) {
        Run run = running.get(task);
        if (run != null) {
            run.work.stop();
        }
    }

    synchronized void stopAll() {
        running.values().forEach(run -> run.work.stop());
    }

    /** Waits for the stopped ones, this long in all. */
    void await(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        for (Thread thread : threads()) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized List<Thread> threads() {
        List<Thread> threads = new ArrayList<>();
        running.values().forEach(run -> threads.add(run.thread));
        return threads;
    }
}
