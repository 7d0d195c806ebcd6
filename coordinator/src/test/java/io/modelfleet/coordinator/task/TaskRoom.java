package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.catalog.Catalog;
import io.modelfleet.coordinator.catalog.HandClock;
import io.modelfleet.coordinator.catalog.LoopbackRegistry;
import io.modelfleet.coordinator.catalog.RegistryClient;
import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.JsonClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything around tasks but the HTTP server, on a database in memory. */
final class TaskRoom implements AutoCloseable {
    static final ModelName MODEL = ModelName.parse("llama3.2:3b");
    static final Duration INTERVAL = Duration.ofSeconds(5);

    final HandClock clock = new HandClock();
    final LoopbackRegistry registry = new LoopbackRegistry();
    final StubAgent agent = new StubAgent();
    final Database database =
            new Database(
                    "jdbc:h2:mem:"
                            + UUID.randomUUID()
                            + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    final ChangeLog changes = new ChangeLog(1);
    final NodeInventory nodes =
            new NodeInventory(database, changes, clock, clock::ticks, Duration.ofSeconds(20));
    final TaskBoard board = new TaskBoard(database, changes, clock);
    final Catalog catalog =
            new Catalog(
                    List.of(),
                    new RegistryClient(
                            Map.of(ModelName.DEFAULT_HOST, registry.uri()), Duration.ofSeconds(10)),
                    clock,
                    Duration.ofHours(1));
    final Admission admission = new Admission(catalog, nodes, board);
    final ProgressReports reports = new ProgressReports(board, nodes);
    private final JsonClient client = new JsonClient(Duration.ofSeconds(3));
    final TaskDispatcher dispatcher =
            new TaskDispatcher(board, reports, nodes, client, admission, catalog::cached);
    private final Reconciler reconciler = new Reconciler(board, dispatcher, admission, INTERVAL);

    TaskRoom() {
        database.start();
        nodes.load();
        board.load();
    }

    UUID node() {
        return nodes.register(agent.registration("gpu-1")).node().id();
    }

    UUID bareNode() {
        return nodes.register(agent.bareRegistration("gpu-1")).node().id();
    }

    UUID pull(UUID node) {
        return create(node, TaskKind.PULL, MODEL, null).id();
    }

    TaskState create(UUID node, TaskKind kind, ModelName model, @Nullable Long total) {
        return board.create(
                        List.of(TaskState.created(kind, node, model, null, total, board.now())),
                        transaction -> true)
                .orElseThrow()
                .getFirst();
    }

    UUID pushed(UUID node, TaskKind kind) {
        TaskState task = create(node, kind, MODEL, null);
        dispatcher.push(task);
        return task.id();
    }

    /** The next heartbeat is due and arrives, naming these tasks. */
    List<TaskOrder> nextHeartbeat(UUID node, @Nullable List<UUID> known) {
        clock.advance(INTERVAL);
        return heartbeat(node, known);
    }

    /**
     * @param known {@code null} as from agents of other makes
     */
    List<TaskOrder> heartbeat(UUID node, @Nullable List<UUID> known) {
        return heartbeat(node, known, null);
    }

    List<TaskOrder> heartbeat(UUID id, @Nullable List<UUID> known, @Nullable Long diskFree) {
        Heartbeat heartbeat =
                new Heartbeat(
                        id, null, null, null, null, null, null, null, diskFree, diskFree, null,
                        null, null, null, known, null, null);
        Node node = nodes.heartbeat(heartbeat);
        return reconciler.reconcile(node, heartbeat);
    }

    void report(UUID task, @Nullable Double progress, @Nullable TaskStatus status) {
        reports.accept(task, new ProgressReport(progress, 1e6, status, null, null, null, null));
    }

    TaskStatus status(UUID task) {
        return board.require(task).status();
    }

    @Override
    public void close() {
        dispatcher.close();
        agent.close();
        client.close();
        catalog.close();
        registry.close();
        database.close();
    }
}
