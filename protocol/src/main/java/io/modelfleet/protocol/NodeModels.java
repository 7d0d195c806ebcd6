package io.modelfleet.protocol;

import java.util.List;
import java.util.UUID;

/** All models of one node, where they changed. */
public record NodeModels(UUID agentId, List<NodeModel> models) {}
