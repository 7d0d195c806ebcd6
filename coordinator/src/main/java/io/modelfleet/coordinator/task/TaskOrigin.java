package io.modelfleet.coordinator.task;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of a task never changes.
 *
 * @param retryOf the task that this one repeats
 */
public record TaskOrigin(
        UUID id,
        TaskKind kind,
        UUID agentId,
        ModelName model,
        @Nullable UUID retryOf,
        Instant createdAt) {

    /** Equal for two tasks that must not be active at the same time. */
    String activeKey() {
        return activeKey(agentId, kind, model);
    }

    static String activeKey(UUID agentId, TaskKind kind, ModelName model) {
        return agentId + " " + kind.wire() + " " + model.key();
    }
}
