package io.modelfleet.coordinator.distribution;

import io.modelfleet.coordinator.catalog.Catalog;
import io.modelfleet.coordinator.catalog.HandClock;
import io.modelfleet.coordinator.catalog.RegistryClient;
import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.Admission;
import io.modelfleet.coordinator.task.ProgressReports;
import io.modelfleet.coordinator.task.Reconciler;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskDispatcher;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.JsonClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of the coordinators on a database, without its HTTP server and its loops: it learns of the
 * others' changes only where the test says so, or where it must.
 */
final class OneOfSeveral implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    final HandClock clock = new HandClock();
    final Database database;
    final ChangeLog changes = new ChangeLog(1);
    final NodeInventory nodes;
    final TaskBoard board;
    final Distribution distribution;
    final ProgressReports reports;
    private final Catalog catalog;
    private final JsonClient client = new JsonClient(Duration.ofSeconds(3));
    private final TaskDispatcher dispatcher;
    private final Reconciler reconciler;

    OneOfSeveral(Database database, URI registry) {
        this.database = database;
        database.start();
        nodes = new NodeInventory(database, changes, clock, clock::ticks, Duration.ofSeconds(20));
        board = new TaskBoard(database, changes, clock);
        catalog =
                new Catalog(
                        List.of(),
                        new RegistryClient(
                                Map.of(ModelName.DEFAULT_HOST, registry), Duration.ofSeconds(10)),
                        clock,
                        Duration.ofHours(1));
        Admission admission = new Admission(catalog, nodes, board);
        reports = new ProgressReports(board, nodes);
        dispatcher = new TaskDispatcher(board, reports, nodes, client, admission, catalog::cached);
        reconciler = new Reconciler(board, dispatcher, admission, INTERVAL);
        distribution =
                new Distribution(
                        nodes,
                        board,
                        dispatcher,
                        new Reservations(nodes, board, dispatcher, admission));
        nodes.load();
        board.load();
    }

    UUID pull(UUID node, String model) {
        return distribution.pull(node, new PullRequest(ModelName.parse(model), null)).taskId();
    }

    /**
     * @param known {@code null} as from agents of other makes
     */
    List<TaskOrder> heartbeat(UUID id, @Nullable List<UUID> known, @Nullable Long diskFree) {
        Heartbeat heartbeat =
                new Heartbeat(
                        id, null, null, null, null, null, null, null, diskFree, diskFree, null,
                        null, null, null, known, null, null);
        Node node = nodes.heartbeat(heartbeat);
        return reconciler.reconcile(node, heartbeat);
    }

    void report(UUID task, double progress, TaskStatus status) {
        reports.accept(task, new ProgressReport(progress, 1e6, status, null, null, null, null));
    }

    TaskState task(UUID id) {
        return board.require(id);
    }

    /** What its loops do every second. */
    void flush() {
        nodes.flush();
        dispatcher.renew();
        board.flush();
    }

    void follow() {
        nodes.follow();
        board.follow();
    }

    @Override
    public void close() {
        dispatcher.close();
        client.close();
        catalog.close();
        database.close();
    }
}
