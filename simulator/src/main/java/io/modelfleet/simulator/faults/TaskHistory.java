package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Every task as one coordinator has shown it, and what must hold from one look to the next.
 * Thread-safe.
 */
final class TaskHistory {
    private final String reader;
    private final Map<UUID, Task> last = new HashMap<>();

    /**
     * @param reader who looks, for the words of a violation
     */
    TaskHistory(String reader) {
        this.reader = reader;
    }

    /**
     * Takes note of a task.
     *
     * @throws Violation when it went back, changed after its end, or ended without a cause
     */
    synchronized void saw(Task task) {
        Task before = last.put(task.id(), task);
        if (task.status().isFinal()) {
            checkEnd(task);
        }
        if (before == null || before.equals(task)) {
            return;
        }
        if (before.status().isFinal()) {
            throw changed("a task in a final state changed", before, task);
        }
        if (task.progress() < before.progress()) {
            throw changed("progress went back", before, task);
        }
        if (bytes(task) < bytes(before)) {
            throw changed("bytes_completed went back", before, task);
        }
    }

    private static long bytes(Task task) {
        return task.bytesCompleted() == null ? 0 : task.bytesCompleted();
    }

    private Violation changed(String what, Task before, Task after) {
        return new Violation(
                "%s, as %s saw it:%n  before: %s%n  after:  %s"
                        .formatted(what, reader, before, after));
    }

    private void checkEnd(Task task) {
        boolean failed = task.status() == TaskStatus.FAILED;
        if (failed && (task.error() == null || task.error().isBlank() || !knownCode(task))) {
            throw new Violation("a task failed without a cause: " + task);
        }
        if (task.status() == TaskStatus.COMPLETED && task.progress() < 1) {
            throw new Violation("a task is completed and its progress is not 1: " + task);
        }
        if (task.completedAt() == null) {
            throw new Violation("a task ended at no time: " + task);
        }
    }

    private static boolean knownCode(Task task) {
        return Arrays.stream(ErrorCode.values())
                .anyMatch(code -> code.name().equals(task.errorCode()));
    }

    /** Checks a list of tasks that are active at one moment. */
    void sawActive(List<Task> active) {
        Map<String, Task> byWork = new HashMap<>();
        for (Task task : active) {
            String work = task.agentId() + " " + task.kind() + " " + task.modelName().key();
            Task other = byWork.put(work, task);
            if (other != null && !other.id().equals(task.id())) {
                throw new Violation(
                        "two active tasks for the same node and model:%n  %s%n  %s"
                                .formatted(other, task));
            }
        }
    }

    /** As it was last seen. */
    synchronized Optional<Task> last(UUID id) {
        return Optional.ofNullable(last.get(id));
    }

    /** How many tasks were ever seen. */
    synchronized int size() {
        return last.size();
    }
}
