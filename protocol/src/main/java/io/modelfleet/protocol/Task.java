package io.modelfleet.protocol;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One node's unit of work, as it is listed.
 *
 * @param progress 0 to 1, never goes back
 * @param downloadSpeedBps bytes per second, 0 when nothing moves
 * @param bytesTotal bytes of the whole model
 * @param etaSeconds absent when nothing moves
 * @param attempt how often the task was handed to its agent, 0 before the first time
 * @param error cause of a failure, or of the last attempt's; {@code errorCode} is the name of an
 *     {@link ErrorCode}
 * @param retryOf the task that this one repeats
 */
public record Task(
        UUID id,
        TaskKind kind,
        UUID agentId,
        ModelName modelName,
        TaskStatus status,
        double progress,
        long downloadSpeedBps,
        @Nullable Long bytesCompleted,
        @Nullable Long bytesTotal,
        @Nullable Long etaSeconds,
        int attempt,
        @Nullable String error,
        @Nullable String errorCode,
        @Nullable UUID retryOf,
        Instant createdAt,
        @Nullable Instant startedAt,
        Instant updatedAt,
        @Nullable Instant completedAt) {}
