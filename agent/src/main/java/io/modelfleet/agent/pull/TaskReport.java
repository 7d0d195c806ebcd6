package io.modelfleet.agent.pull;

import io.modelfleet.protocol.AgentTask;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task at one moment.
 *
 * @param error cause of a failure
 */
public record TaskReport(AgentTask task, @Nullable String error, @Nullable ErrorCode errorCode) {

    public UUID id() {
        return task.taskId();
    }

    public TaskStatus status() {
        return task.status();
    }

    public TaskKind kind() {
        return task.kind();
    }
}
