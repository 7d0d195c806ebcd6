package io.modelfleet.protocol;

import java.util.List;
import java.util.UUID;

/**
 * {@code GET /api/changes}: what is different since the version that the caller holds.
 *
 * @param version what to ask with next time
 * @param full whether this is everything, to replace what the caller holds
 */
public record Changes(
        long version,
        boolean full,
        List<Agent> agents,
        List<UUID> removedAgents,
        List<NodeModels> models,
        List<Task> tasks) {}
