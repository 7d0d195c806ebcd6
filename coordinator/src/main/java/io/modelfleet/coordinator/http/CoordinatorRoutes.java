package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.catalog.Catalog;
import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.distribution.Distribution;
import io.modelfleet.coordinator.distribution.NewNodes;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.ProgressReports;
import io.modelfleet.coordinator.task.Reconciler;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.service.Route;
import java.util.List;
import java.util.stream.Stream;

/** The whole table of the coordinator's routes. */
public final class CoordinatorRoutes {
    private final List<Route> table;

    public CoordinatorRoutes(
            Database database,
            ChangeLog changes,
            NodeInventory nodes,
            Catalog catalog,
            TaskBoard board,
            ProgressReports reports,
            Reconciler reconciler,
            Distribution distribution,
            NewNodes newNodes,
            Metrics metrics,
            String version) {
        this.table =
                Stream.of(
                                new AgentRoutes(nodes, newNodes, reconciler, reports).table(),
                                new NodeRoutes(nodes, distribution).table(),
                                new ModelRoutes(catalog, nodes, distribution).table(),
                                new TaskRoutes(board, distribution).table(),
                                new ChangeRoutes(changes, nodes, board).table(),
                                new HealthRoutes(database, metrics, version).table())
                        .flatMap(List::stream)
                        .toList();
    }

    public List<Route> table() {
        return table;
    }
}
