package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;

/** What becomes of a task when its agent is silent or has lost it. */
final class TaskRules {
    /** How often a task is handed out before it fails. */
    static final int ATTEMPTS = 5;

    private TaskRules() {}

    /**
     * A hand-out failed: the task keeps waiting with the cause noted, or fails when that was the
     * last attempt.
     */
    static TaskState unreachable(TaskState task, String cause, Node node, Instant now) {
        TaskState noted = task.with(new TaskState.Cause(cause, ErrorCode.AGENT_UNREACHABLE), now);
        if (!node.identity().bare()) {
            return noted;
        }
        // The connection that a bare agent would have answered on is gone, and with it all news of
        // the pull.
        TaskState over = noted.handOutOver();
        return over.status() == TaskStatus.PENDING ? over : over.to(TaskStatus.PENDING, now);
    }

    /**
     * The agent does not know the task: it is handed out once more, or fails when it was often
     * enough.
     */
    static TaskState handedOutAgain(TaskState task, Instant now) {
        if (task.attempt() >= ATTEMPTS) {
            TaskState.Cause cause =
                    task.cause() == null
                            ? new TaskState.Cause(
                                    "the agent never confirmed the task; look into its log",
                                    ErrorCode.AGENT_UNREACHABLE)
                            : task.cause();
            return task.with(cause, now).to(TaskStatus.FAILED, now);
        }
        TaskState waiting =
                task.status() == TaskStatus.PENDING ? task : task.to(TaskStatus.PENDING, now);
        return waiting.handedOut(now);
    }
}
