package io.modelfleet.console.client;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list; what is absent does not narrow the list.
 *
 * @param cursor from the page before
 */
public record TaskQuery(
        @Nullable TaskStatus status,
        @Nullable UUID agentId,
        @Nullable ModelName model,
        @Nullable Integer limit,
        @Nullable String cursor) {}
