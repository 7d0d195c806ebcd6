package io.modelfleet.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a distribution became.
 *
 * @param skipped nodes that were left out, with the reason; absent when there were none
 */
public record DistributeReply(List<UUID> taskIds, @Nullable List<Skipped> skipped) {
    /** A node that gets no task; {@code code} is the name of an {@link ErrorCode}. */
    public record Skipped(UUID agentId, String code, String error) {}
}
