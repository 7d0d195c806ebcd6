package io.modelfleet.coordinator.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.DatabaseMonitor;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskDispatcher;
import io.modelfleet.coordinator.task.TaskHousekeeping;
import io.modelfleet.coordinator.task.TaskListener;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.RequestObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The figures of {@code /metrics}. None carries a node's or a task's id: with 1,000 nodes their
 * number stays what it is with two.
 */
public final class Metrics implements AutoCloseable {
    /** Seconds; the edges of what is measured as a distribution. */
    private static final double[] EDGES = {0.005, 0.05, 0.5, 5};

    /** From connections to transactions, and from requests to answers. */
    private static final List<String> DISTRIBUTIONS =
            List.of("modelfleet.http.requests", "hikaricp.connections.usage");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final TaskListener tally;
    private volatile Supplier<FleetFigures> count =
            () -> new FleetFigures(List.of(), List.of(), Instant.EPOCH);
    private volatile FleetFigures figures = count.get();

    /**
     * @param version of this program
     * @param dataDir whose disk is watched
     */
    public Metrics(String version, Path dataDir) {
        registry.config().meterFilter(new Edges());
        tally = new TaskTally(registry);
        Gauge.builder("modelfleet.build.info", () -> 1)
                .description("1, with the version of this coordinator")
                .tag("version", version)
                .register(registry);
        new DiskSpaceMetrics(dataDir.toFile()).bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        gc.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Where others measure themselves. */
    public Object registry() {
        return registry;
    }

    /** To be told of every change to a task. */
    public TaskListener tasks() {
        return tally;
    }

    /** To be told of every answered request. */
    public RequestObserver requests() {
        return (method, path, status, nanos) ->
                Timer.builder("modelfleet.http.requests")
                        .description("Answered requests, by route")
                        .tags("method", method, "route", path, "status", String.valueOf(status))
                        .register(registry)
                        .record(Duration.ofNanos(nanos));
    }

    /** Shows the fleet. */
    public void show(
            NodeInventory nodes, TaskBoard board, TaskDispatcher dispatcher, InstantSource time) {
        count = () -> new FleetFigures(nodes.all(), board.active(), time.instant());
        fleet("modelfleet.nodes", "Nodes by presence", FleetFigures::online, "status", "online");
        fleet("modelfleet.nodes", "Nodes by presence", FleetFigures::offline, "status", "offline");
        fleet("modelfleet.nodes.paused", "Nodes that get no new work", FleetFigures::paused);
        fleet(
                "modelfleet.nodes.disk.nearly.full",
                "Online nodes with less than 5 % of their model store's disk free",
                FleetFigures::diskNearlyFull);
        for (TaskStatus status : TaskStatus.values()) {
            if (!status.isFinal()) {
                fleet(
                        "modelfleet.tasks",
                        "Active tasks by status",
                        f -> f.tasks(status),
                        "status",
                        status.wire());
            }
        }
        fleet(
                "modelfleet.queue.length",
                "Tasks that wait: pending or queued",
                FleetFigures::waiting);
        String age = "Age of the oldest waiting task, by whether its node could take it";
        String oldest = "modelfleet.queue.oldest.age.seconds";
        fleet(oldest, age, FleetFigures::waitingReady, "node", "ready");
        fleet(oldest, age, FleetFigures::waitingHeld, "node", "offline_or_paused");
        fleet(
                "modelfleet.heartbeat.age.max.seconds",
                "Time since the last heartbeat of the online node that was silent for longest",
                FleetFigures::heartbeatAge);
        fleet(
                "modelfleet.download.speed.bytes.per.second",
                "Bytes that all nodes download in a second",
                FleetFigures::speed);
        fleet(
                "modelfleet.disk.free.bytes",
                "Free disk of all online model stores",
                FleetFigures::diskFree);
        fleet(
                "modelfleet.gpu.memory.bytes",
                "GPU memory of all online nodes",
                FleetFigures::gpuMemory);
        fleet(
                "modelfleet.gpu.memory.used.bytes",
                "GPU memory in use on all online nodes",
                FleetFigures::gpuMemoryUsed);
        FunctionCounter.builder(
                        "modelfleet.dispatch.failures", dispatcher, TaskDispatcher::failures)
                .description("Tasks that could not be handed to their agent at once")
                .register(registry);
    }

    private void fleet(
            String name, String what, ToDoubleFunction<FleetFigures> figure, String... tags) {
        Gauge.builder(name, () -> figure.applyAsDouble(figures))
                .description(what)
                .tags(tags)
                .register(registry);
    }

    /** Shows the database, and what is deleted there. */
    public void show(Database database, DatabaseMonitor monitor, TaskHousekeeping housekeeping) {
        Gauge.builder("modelfleet.database.up", () -> monitor.up() ? 1 : 0)
                .description("1 when the database answered the last look, else 0")
                .register(registry);
        Gauge.builder("modelfleet.database.size", monitor::size)
                .description("The database on disk")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("modelfleet.database.errors", database, Database::errors)
                .description("Statements and connections that failed")
                .register(registry);
        String what = "Old rows deleted";
        FunctionCounter.builder(
                        "modelfleet.housekeeping.deleted",
                        housekeeping,
                        TaskHousekeeping::deletedTasks)
                .description(what)
                .tag("table", "task")
                .register(registry);
        FunctionCounter.builder(
                        "modelfleet.housekeeping.deleted",
                        housekeeping,
                        TaskHousekeeping::deletedRemovedNodes)
                .description(what)
                .tag("table", "removed_node")
                .register(registry);
    }

    String scrape() {
        figures = count.get();
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    /** Gives the distributions their edges. */
    private static final class Edges implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(
                Meter.Id id, DistributionStatisticConfig config) {
            if (!DISTRIBUTIONS.contains(id.getName())) {
                return config;
            }
            double[] nanos = new double[EDGES.length];
            for (int i = 0; i < nanos.length; i++) {
                nanos[i] = EDGES[i] * 1e9;
            }
            return DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(nanos)
                    .build()
                    .merge(config);
        }
    }
}
