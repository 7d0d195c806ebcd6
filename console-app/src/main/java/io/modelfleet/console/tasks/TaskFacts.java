package io.modelfleet.console.tasks;

import io.modelfleet.console.control.State;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What the table says about a task.
 *
 * @param node the node's name, or the start of its id when it left the fleet
 * @param searched everything that free text is looked for in, in lower case
 */
record TaskFacts(Task task, String node, String searched) {

    static TaskFacts of(Task task, String node) {
        return new TaskFacts(
                task,
                node,
                String.join(
                                "\n",
                                node,
                                task.modelName().toString(),
                                task.id().toString(),
                                task.kind().wire(),
                                task.status().wire(),
                                task.errorCode() == null ? "" : task.errorCode(),
                                task.error() == null ? "" : task.error())
                        .toLowerCase(Locale.ROOT));
    }

    /** The sign and colour of the badge; its words are the task's own. */
    State state() {
        return switch (task.status()) {
            case PENDING, QUEUED -> State.QUEUED;
            case DOWNLOADING, VERIFYING -> isRemoval() ? State.QUEUED : State.DOWNLOADING;
            case COMPLETED -> State.INSTALLED;
            case FAILED -> State.FAILED;
            case CANCELLED -> State.OFFLINE;
        };
    }

    /** Key of the badge's words. A removal downloads nothing. */
    String statusKey() {
        return isRemoval() && TaskGroup.RUNNING.holds(task.status())
                ? "tasks.removing"
                : "task." + task.status();
    }

    boolean isRemoval() {
        return task.kind() == TaskKind.REMOVE;
    }

    boolean canCancel() {
        return !task.status().isFinal();
    }

    boolean canRetry() {
        return task.status() == TaskStatus.FAILED || task.status() == TaskStatus.CANCELLED;
    }

    /** 0 to 1; negative where a bar would say nothing: before the first byte, and for removals. */
    double shownProgress() {
        boolean nothingYet = TaskGroup.WAITING.holds(task.status()) && task.progress() <= 0;
        return isRemoval() || nothingYet ? -1 : task.progress();
    }

    /** Present only while bytes move: everything else would be a guess. */
    Optional<Duration> timeLeft() {
        boolean moves = !isRemoval() && task.status() == TaskStatus.DOWNLOADING;
        return task.etaSeconds() == null || !moves
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(task.etaSeconds()));
    }
}
