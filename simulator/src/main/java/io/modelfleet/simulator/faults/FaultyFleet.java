package io.modelfleet.simulator.faults;

import io.modelfleet.simulator.fleet.Api;
import io.modelfleet.simulator.fleet.Ports;
import io.modelfleet.simulator.fleet.Programs;
import io.modelfleet.simulator.registry.RegistryStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Coordinators and nodes, all processes of their own, and a faulty network between them. */
final class FaultyFleet implements AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofMillis(500);
    private static final Duration OFFLINE_AFTER = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String LOOPBACK = "127.0.0.1";

    private final Path directory;
    private final FleetShape shape;
    private final RegistryStandIn registry = new RegistryStandIn();
    private final List<Restartable> coordinators = new ArrayList<>();
    private final List<Api> apis = new ArrayList<>();
    private final List<FaultyNode> nodes = new ArrayList<>();
    private final List<FaultyLink> registryLinks = new ArrayList<>();
    private final Programs programs;

    /**
     * @param directory for logs and data; kept when the fleet is closed
     */
    FaultyFleet(FleetShape shape, Programs programs, Path directory) {
        this.shape = shape;
        this.programs = programs;
        this.directory = directory;
    }

    /** Starts everything; the nodes register on their own. */
    void start() {
        FleetShape.MODELS.forEach(registry::addModel);
        registry.bandwidth(FleetShape.FAST_REGISTRY);
        registry.start(0);
        List<Endpoint> addresses = new ArrayList<>();
        for (int i = 0; i < shape.coordinators(); i++) {
            addresses.add(new Endpoint(LOOPBACK, Ports.free(LOOPBACK)));
        }
        for (int i = 1; i <= shape.nodes(); i++) {
            Path folder = directory.resolve("node-" + i);
            folder.toFile().mkdirs();
            nodes.add(new FaultyNode(i, programs, folder, registry.url(), addresses));
        }
        for (int i = 0; i < addresses.size(); i++) {
            addCoordinator(i, addresses.get(i));
        }
        registryLinks.forEach(FaultyLink::start);
        // One after the other: the first brings the database up to date.
        coordinators.forEach(Restartable::run);
        nodes.parallelStream().forEach(FaultyNode::start);
    }

    private void addCoordinator(int index, Endpoint address) {
        String name = "coordinator-" + (index + 1);
        FaultyLink toRegistry =
                new FaultyLink(
                        name + " to registry",
                        new Endpoint(LOOPBACK, Ports.free(LOOPBACK)),
                        Endpoint.of(registry.url()));
        registryLinks.add(toRegistry);
        List<FaultyLink> fromNodes =
                nodes.stream().map(node -> node.toCoordinators().get(index)).toList();
        List<String> flags = new ArrayList<>();
        flags.add("--port=" + address.port());
        flags.add("--data-dir=" + directory.resolve(name));
        flags.add("--registry-url=" + toRegistry.url());
        flags.add("--heartbeat-interval=" + HEARTBEAT.toMillis() + "ms");
        flags.add("--offline-after=" + OFFLINE_AFTER.toSeconds() + "s");
        if (shape.database() != null) {
            flags.add("--database-url=" + shape.database());
            flags.add("--database-user=" + shape.databaseUser());
        }
        coordinators.add(
                new Restartable(
                        name,
                        () -> programs.coordinator(directory.resolve(name + ".log"), flags),
                        fromNodes));
        apis.add(new Api(address.url(), LIMIT));
    }

    List<Restartable> coordinators() {
        return List.copyOf(coordinators);
    }

    /** The coordinators' calls for operators, past every link. */
    List<Api> apis() {
        return List.copyOf(apis);
    }

    List<FaultyNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Every link, in an order that is the same in each fleet of this shape. */
    List<FaultyLink> links() {
        return Stream.concat(
                        nodes.stream().flatMap(node -> node.links().stream()),
                        registryLinks.stream())
                .toList();
    }

    /** Whether a link may duplicate, hold back and cut in every way. */
    boolean isBetweenProducts(FaultyLink link) {
        return nodes.stream().anyMatch(node -> node.fleetLinks().contains(link));
    }

    List<Restartable> processes(Victim victim) {
        return switch (victim) {
            case COORDINATOR -> coordinators();
            case AGENT -> nodes.stream().map(FaultyNode::agent).toList();
            case OLLAMA -> nodes.stream().map(FaultyNode::ollama).toList();
        };
    }

    RegistryStandIn registry() {
        return registry;
    }

    /** Where logs and data lie. */
    Path directory() {
        return directory;
    }

    /** Good weather everywhere, and every process runs. */
    void heal() {
        registry.bandwidth(FleetShape.FAST_REGISTRY);
        links().forEach(FaultyLink::clear);
        FleetShape.modelNames().forEach(model -> registry.repair(registry.weights(model).digest()));
        for (Victim victim : Victim.values()) {
            processes(victim).forEach(Restartable::run);
        }
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(FaultyNode::close);
        coordinators.forEach(Restartable::close);
        apis.forEach(Api::close);
        registryLinks.forEach(FaultyLink::close);
        registry.close();
    }
}
