package io.modelfleet.coordinator.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskDispatcher;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.TaskStatus;
import java.util.Locale;

/** The figures of {@code /metrics}; all are read when they are asked for. */
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    Metrics(NodeInventory nodes, TaskBoard board, TaskDispatcher dispatcher) {
        for (Presence presence : Presence.values()) {
            Gauge.builder(
                            "modelfleet.nodes",
                            () ->
                                    nodes.all().stream()
                                            .filter(n -> n.presence() == presence)
                                            .count())
                    .description("Nodes by presence")
                    .tag("status", presence.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (TaskStatus status : TaskStatus.values()) {
            if (!status.isFinal()) {
                Gauge.builder(
                                "modelfleet.tasks",
                                () ->
                                        board.active().stream()
                                                .filter(t -> t.status() == status)
                                                .count())
                        .description("Active tasks by status")
                        .tag("status", status.wire())
                        .register(registry);
            }
        }
        Gauge.builder("modelfleet.download.speed", () -> speed(board))
                .description("Bytes that all nodes download in a second")
                .baseUnit("bytes_per_second")
                .register(registry);
        Gauge.builder("modelfleet.disk.free", () -> diskFree(nodes))
                .description("Free disk of all model stores")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder(
                        "modelfleet.dispatch.failures", dispatcher, TaskDispatcher::failures)
                .description("Tasks that could not be handed to their agent at once")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        gc.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private static double speed(TaskBoard board) {
        return board.active().stream().mapToLong(task -> task.transfer().speed()).sum();
    }

    private static double diskFree(NodeInventory nodes) {
        return nodes.all().stream()
                .map(Node::figures)
                .mapToLong(figures -> figures.diskFree() == null ? 0 : figures.diskFree())
                .sum();
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
