package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What agents say about their tasks. */
public final class ProgressReports {

    private final TaskBoard board;
    private final NodeInventory nodes;

    public ProgressReports(TaskBoard board, NodeInventory nodes) {
        this.board = board;
        this.nodes = nodes;
    }

    /**
     * Takes a report; one that ends the task is on disk when this returns.
     *
     * @throws FleetException {@link ErrorCode#TASK_NOT_FOUND}, or {@link ErrorCode#TASK_FINISHED}:
     *     the agent drops it
     */
    public void accept(UUID id, ProgressReport report) {
        TaskState task = board.require(id);
        if (!task.active()) {
            throw FleetException.of(ErrorCode.TASK_FINISHED, id);
        }
        TaskStatus status = status(task, report);
        if (status == TaskStatus.COMPLETED) {
            noteModel(task);
        }
        if (board.change(id, (old, now) -> applied(old, report, now)).isEmpty()) {
            throw FleetException.of(ErrorCode.TASK_FINISHED, id);
        }
    }

    /** Completes a task whose agent says so by answering; one that is finished already stays so. */
    void over(UUID id) {
        Optional<TaskState> task = board.find(id).filter(TaskState::active);
        task.ifPresent(this::noteModel);
        board.change(id, (old, now) -> old.to(TaskStatus.COMPLETED, now));
    }

    private static TaskState applied(TaskState task, ProgressReport report, Instant now) {
        TaskStatus status = status(task, report);
        TaskState moved =
                task.with(
                        task.transfer()
                                .reported(
                                        report.progress(),
                                        report.speed(),
                                        report.bytesCompleted(),
                                        report.bytesTotal()),
                        now);
        if (status == TaskStatus.FAILED) {
            moved = moved.with(cause(report), now);
        }
        return status == task.status() ? moved : moved.to(status, now);
    }

    /**
     * Agents of other makes send no status: bytes mean that it runs, a progress of 1 that it is
     * over.
     */
    private static TaskStatus status(TaskState task, ProgressReport report) {
        if (report.status() != null) {
            return report.status() == TaskStatus.PENDING ? task.status() : report.status();
        }
        if (report.progress() != null && report.progress() >= 1) {
            return TaskStatus.COMPLETED;
        }
        return TaskStatus.DOWNLOADING;
    }

    private static TaskState.Cause cause(ProgressReport report) {
        String text =
                report.error() == null || report.error().isBlank()
                        ? "the agent gave no cause"
                        : report.error();
        return new TaskState.Cause(
                text, report.errorCode() == null ? ErrorCode.OLLAMA_ERROR : report.errorCode());
    }

    /**
     * Before the task is shown as completed, so that no reader sees it done and the model missing.
     */
    private void noteModel(TaskState task) {
        if (task.origin().kind() == TaskKind.REMOVE) {
            nodes.uninstalled(task.agentId(), task.origin().model());
        } else {
            nodes.installed(
                    task.agentId(),
                    new InstalledModel(
                            task.origin().model(),
                            task.transfer().bytesTotal(),
                            null,
                            board.now()));
        }
    }
}
