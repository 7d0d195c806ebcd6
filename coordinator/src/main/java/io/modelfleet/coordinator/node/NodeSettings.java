package io.modelfleet.coordinator.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wishes of a node.
 *
 * @param schedulable whether it may get new work
 */
public record NodeSettings(
        @Nullable String customName,
        List<String> tags,
        @Nullable String notes,
        boolean schedulable) {
    static final NodeSettings INITIAL = new NodeSettings(null, List.of(), null, true);

    public NodeSettings {
        tags = List.copyOf(tags);
    }
}
