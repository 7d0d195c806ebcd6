package io.modelfleet.coordinator;

import io.modelfleet.coordinator.catalog.Catalog;
import io.modelfleet.coordinator.catalog.CuratedModel;
import io.modelfleet.coordinator.catalog.CuratedModels;
import io.modelfleet.coordinator.catalog.RegistryClient;
import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.db.Compaction;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.DatabaseMonitor;
import io.modelfleet.coordinator.distribution.Distribution;
import io.modelfleet.coordinator.distribution.NewNodes;
import io.modelfleet.coordinator.distribution.Reservations;
import io.modelfleet.coordinator.http.CoordinatorRoutes;
import io.modelfleet.coordinator.http.Metrics;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.Admission;
import io.modelfleet.coordinator.task.ProgressReports;
import io.modelfleet.coordinator.task.Reconciler;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskDispatcher;
import io.modelfleet.coordinator.task.TaskHousekeeping;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.service.JsonClient;
import io.modelfleet.service.JsonServer;
import io.modelfleet.service.LogField;
import io.modelfleet.service.Loop;
import io.modelfleet.service.Route;
import io.modelfleet.service.StartException;
import io.modelfleet.service.Version;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** The whole service: everything is made here, started in order, and closed in reverse. */
public final class Coordinator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Coordinator.class.getName());

    /** A heartbeat with 200 models has 40 kB. */
    private static final int MAX_BODY = 1 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration REGISTRY_ANSWER = Duration.ofSeconds(10);

    /** Presence, stale speeds and what goes to the disk in batches are looked at this often. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** When nodes were last seen matters by the minute only. */
    private static final Duration SEEN_FLUSH = Duration.ofSeconds(10);

    /** How old the figures of the database may be. */
    private static final Duration DATABASE_LOOK = Duration.ofSeconds(5);

    private static final Duration COMPACTION = Duration.ofSeconds(10);

    private static final Duration HOUSEKEEPING = Duration.ofMinutes(10);

    /** How far another coordinator's view may lag behind. */
    private static final Duration FOLLOW = Duration.ofMillis(250);

    /** Alone on the database, only what was written without an answer is unknown here. */
    private static final Duration FOLLOW_ALONE = Duration.ofSeconds(10);

    private final CoordinatorConfig config;
    private final Metrics metrics;
    private final Database database;
    private final NodeInventory nodes;
    private final TaskBoard board;
    private final Catalog catalog;
    private final JsonClient agents;
    private final TaskDispatcher dispatcher;
    private final CoordinatorRoutes routes;
    private final JsonServer server;
    private final Loop ticks;
    private final Loop seen;
    private final DatabaseMonitor monitor;
    private final Loop databaseLook;
    private final Loop housekeeping;
    private final Loop compaction;
    private final Loop follow;

    /**
     * @throws IllegalArgumentException when the catalog's file is wrong; the message is one
     *     sentence
     */
    public Coordinator(CoordinatorConfig config) {
        this(config, InstantSource.system(), System::nanoTime);
    }

    /**
     * @param time what the coordinator takes for now
     * @param ticks what it takes for {@link System#nanoTime}
     */
    public Coordinator(CoordinatorConfig config, InstantSource time, LongSupplier ticks) {
        this.config = config;
        String version = Version.of(Coordinator.class);
        metrics = new Metrics(version, config.dataDir());
        database =
                config.database() == null
                        ? Database.embedded(config.dataDir())
                        : Database.at(config.database());
        database.measuredBy(metrics.registry());
        ChangeLog changes = new ChangeLog(ThreadLocalRandom.current().nextLong(1, 1L << 52));
        nodes = new NodeInventory(database, changes, time, ticks, config.offlineAfter());
        board = new TaskBoard(database, changes, time);
        board.tell(metrics.tasks());
        List<CuratedModel> curated =
                config.catalogFile() == null
                        ? CuratedModels.builtIn()
                        : CuratedModels.read(config.catalogFile());
        catalog =
                new Catalog(
                        curated,
                        new RegistryClient(config.registries(), REGISTRY_ANSWER),
                        time,
                        config.catalogRefresh());
        agents = new JsonClient(CONNECT);
        Admission admission = new Admission(catalog, nodes, board);
        ProgressReports reports = new ProgressReports(board, nodes);
        dispatcher = new TaskDispatcher(board, reports, nodes, agents, admission, catalog::cached);
        Reservations reservations = new Reservations(nodes, board, dispatcher, admission);
        Distribution distribution = new Distribution(nodes, board, dispatcher, reservations);
        routes =
                new CoordinatorRoutes(
                        database,
                        changes,
                        nodes,
                        catalog,
                        board,
                        reports,
                        new Reconciler(board, dispatcher, admission, config.heartbeatInterval()),
                        distribution,
                        new NewNodes(config.autoDistribution(), board, reservations),
                        metrics,
                        version);
        monitor = new DatabaseMonitor(database);
        TaskHousekeeping old = new TaskHousekeeping(database, time, config.taskRetention());
        metrics.show(nodes, board, dispatcher, time);
        metrics.show(database, monitor, old);
        server =
                new JsonServer(
                        config.host(), config.port(), MAX_BODY, routes.table(), metrics.requests());
        databaseLook = new Loop("coordinator-database-look", DATABASE_LOOK, monitor::look);
        housekeeping = new Loop("coordinator-housekeeping", HOUSEKEEPING, () -> whileUp(old::pass));
        Compaction compact = new Compaction(database);
        compaction = new Loop("coordinator-compaction", COMPACTION, () -> whileUp(compact::pass));
        this.ticks = new Loop("coordinator-ticks", TICK, this::tick);
        seen =
                new Loop(
                        "coordinator-last-seen",
                        database.shared() ? TICK : SEEN_FLUSH,
                        nodes::flush);
        follow =
                new Loop(
                        "coordinator-follow",
                        database.shared() ? FOLLOW : FOLLOW_ALONE,
                        this::follow);
    }

    private void follow() {
        nodes.follow();
        board.follow();
    }

    private void tick() {
        nodes.markSilentNodesOffline();
        board.stopStaleSpeeds();
        dispatcher.renew();
        board.flush();
    }

    /** What can wait does not add its complaints to those of whoever needs the database now. */
    private void whileUp(Runnable pass) {
        if (monitor.up()) {
            pass.run();
        }
    }

    /**
     * Opens the database, then listens.
     *
     * @throws StartException when either is impossible; what was opened is closed again
     */
    public void start() {
        boolean started = false;
        try {
            open();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
        LOG.log(
                System.Logger.Level.INFO,
                "Coordinator is listening on {0}",
                new LogField("url", url()));
    }

    private void open() {
        if (config.database() == null) {
            makeFolder();
        }
        database.start();
        monitor.look();
        nodes.load();
        board.load();
        catalog.start();
        server.start();
        follow.start();
        this.ticks.start();
        seen.start();
        databaseLook.start();
        housekeeping.start();
        compaction.start();
    }

    private void makeFolder() {
        try {
            Files.createDirectories(config.dataDir());
        } catch (IOException e) {
            throw new StartException(
                    "the data folder " + config.dataDir() + " cannot be made: " + e.getMessage(),
                    e);
        }
    }

    /** Where it listens. */
    public URI url() {
        return URI.create(
                "http://"
                        + (config.host().contains(":") ? "[" + config.host() + "]" : config.host())
                        + ":"
                        + server.port());
    }

    /** The table of what it answers, which tests compare with the OpenAPI document. */
    List<Route> routes() {
        return routes.table();
    }

    /** What tests take away to see how its loss is answered. */
    Database database() {
        return database;
    }

    @Override
    public void close() {
        server.close();
        ticks.close();
        seen.close();
        databaseLook.close();
        housekeeping.close();
        compaction.close();
        follow.close();
        catalog.close();
        dispatcher.close();
        agents.close();
        if (database.started()) {
            flush();
        }
        database.close();
        metrics.close();
    }

    /** What is lost with a database that is away are figures that the next heartbeats bring. */
    private void flush() {
        try {
            nodes.flush();
            board.flush();
        } catch (FleetException databaseIsAway) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The last figures were not written: " + databaseIsAway.getMessage());
        }
    }
}
