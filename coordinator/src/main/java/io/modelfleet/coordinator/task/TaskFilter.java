package io.modelfleet.coordinator.task;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a listing wants, newest first.
 *
 * @param statuses empty for all
 * @param before the last task of the page before
 * @param limit at least 1
 */
public record TaskFilter(
        Set<TaskStatus> statuses,
        @Nullable UUID agentId,
        @Nullable ModelName model,
        @Nullable Position before,
        int limit) {

    public TaskFilter {
        statuses = Set.copyOf(statuses);
    }

    /** A task's place in the order of creation. */
    public record Position(Instant createdAt, UUID id) {}
}
