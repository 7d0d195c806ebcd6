package io.modelfleet.console.catalog;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Presence;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one model suits one node.
 *
 * @param memory bytes of the node's largest GPU
 * @param free bytes of its disk
 */
record NodeFit(
        UUID id,
        String node,
        boolean online,
        boolean held,
        Fit fit,
        @Nullable Long memory,
        @Nullable Long free) {
    private static final Comparator<NodeFit> ORDER =
            Comparator.<NodeFit, Boolean>comparing(NodeFit::held)
                    .reversed()
                    .thenComparing(NodeFit::fit)
                    .thenComparing(NodeFit::node, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(NodeFit::id);

    /** Those that hold the model, those that could run it, then the others. */
    static List<NodeFit> all(CatalogEntry entry, FleetState fleet) {
        return fleet.agents().values().stream()
                .map(node -> of(entry, node, fleet))
                .sorted(ORDER)
                .toList();
    }

    private static NodeFit of(CatalogEntry entry, Agent node, FleetState fleet) {
        boolean held = fleet.models(node.id()).containsKey(entry.name());
        String custom = node.customName();
        return new NodeFit(
                node.id(),
                custom == null || custom.isBlank() ? node.machineName() : custom,
                node.status() == Presence.ONLINE,
                held,
                Fit.of(entry.size(), held, node),
                Fit.memoryOf(node),
                node.diskFree());
    }
}
