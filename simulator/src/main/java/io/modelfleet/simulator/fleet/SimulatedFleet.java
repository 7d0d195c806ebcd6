package io.modelfleet.simulator.fleet;

import io.modelfleet.coordinator.Coordinator;
import io.modelfleet.coordinator.CoordinatorConfig;
import io.modelfleet.coordinator.policy.AutoDistribution;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.registry.RegistryStandIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A registry, a coordinator and nodes in this process, over real HTTP on loopback. */
public final class SimulatedFleet implements AutoCloseable {
    private static final Duration CATALOG_REFRESH = Duration.ofSeconds(30);

    private final RegistryStandIn registry = new RegistryStandIn();
    private final FleetSpec spec;
    private final Path directory;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private @Nullable Coordinator coordinator;
    private int port;

    /**
     * @param port of the coordinator, 0 for any free one
     * @param registryBandwidth bytes per second for all nodes together
     */
    public record FleetSpec(
            int port,
            Duration heartbeatInterval,
            Duration offlineAfter,
            Map<ModelName, Long> models,
            long registryBandwidth,
            List<NodeSpec> nodes) {
        public FleetSpec {
            models = Map.copyOf(models);
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * @param directory for everything that the fleet writes
     */
    public SimulatedFleet(FleetSpec spec, Path directory) {
        this.spec = spec;
        this.port = spec.port();
        this.directory = directory;
    }

    /**
     * @throws io.modelfleet.service.StartException when the coordinator's port is taken
     */
    public void start() {
        spec.models().forEach(registry::addModel);
        registry.bandwidth(spec.registryBandwidth());
        registry.start(0);
        startCoordinator();
        for (NodeSpec node : spec.nodes()) {
            nodes.add(
                    new SimulatedNode(
                            node,
                            url(),
                            registry.url(),
                            directory.resolve(node.name()),
                            spec.heartbeatInterval()));
        }
        nodes.forEach(SimulatedNode::start);
    }

    /** Starts the coordinator, after a stop on the same port and with the same data. */
    public void startCoordinator() {
        Coordinator starting = new Coordinator(coordinatorConfig());
        starting.start();
        coordinator = starting;
        port = starting.url().getPort();
    }

    /** Stops the coordinator alone, politely. */
    public void stopCoordinator() {
        if (coordinator != null) {
            coordinator.close();
            coordinator = null;
        }
    }

    private CoordinatorConfig coordinatorConfig() {
        return new CoordinatorConfig(
                "127.0.0.1",
                port,
                directory.resolve("coordinator"),
                spec.heartbeatInterval(),
                spec.offlineAfter(),
                new AutoDistribution(
                        true, AutoDistribution.Measure.LARGEST, AutoDistribution.defaultTable()),
                Map.of(ModelName.DEFAULT_HOST, registry.url()),
                null,
                CATALOG_REFRESH,
                Duration.ofDays(30));
    }

    /** Where the coordinator listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public RegistryStandIn registry() {
        return registry;
    }

    public List<SimulatedNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Nodes first, all at once, because each says goodbye to the coordinator. */
    @Override
    public void close() {
        nodes.parallelStream().forEach(SimulatedNode::close);
        stopCoordinator();
        registry.close();
    }
}
