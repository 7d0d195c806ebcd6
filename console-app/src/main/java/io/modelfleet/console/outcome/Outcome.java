package io.modelfleet.console.outcome;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.List;

/**
 * What became of tasks that were created together: a distribution, or a single pull.
 *
 * @param tasks at least one, all of the same kind and model
 */
record Outcome(TaskKind kind, ModelName model, List<Task> tasks) {
    Outcome {
        tasks = List.copyOf(tasks);
    }

    long completed() {
        return count(TaskStatus.COMPLETED);
    }

    long cancelled() {
        return count(TaskStatus.CANCELLED);
    }

    List<Task> failed() {
        return tasks.stream().filter(task -> task.status() == TaskStatus.FAILED).toList();
    }

    /** Those whose node is away. */
    long waiting() {
        return tasks.stream().filter(task -> !task.status().isFinal()).count();
    }

    private long count(TaskStatus status) {
        return tasks.stream().filter(task -> task.status() == status).count();
    }
}
