package io.modelfleet.protocol;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is doing: an entry of {@code GET /pulls}.
 *
 * @param progress 0 to 1 over the whole model
 * @param speed bytes per second over the last seconds
 */
public record AgentTask(
        UUID taskId,
        TaskKind kind,
        ModelName model,
        TaskStatus status,
        double progress,
        long speed,
        @Nullable Long bytesCompleted,
        @Nullable Long bytesTotal) {}
