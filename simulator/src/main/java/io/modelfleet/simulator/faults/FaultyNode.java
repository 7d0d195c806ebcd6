package io.modelfleet.simulator.faults;

import io.modelfleet.simulator.fleet.Api;
import io.modelfleet.simulator.fleet.Ports;
import io.modelfleet.simulator.fleet.Programs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A GPU machine: an agent and an Ollama, each a process, and the links that lead to and from them.
 *
 * <p>An agent advertises the port that it listens on, so the link to it listens on the same port of
 * another loopback address: 127.0.2.<i>n</i> leads to 127.0.1.<i>n</i>. (Linux takes all of
 * 127.0.0.0/8 for loopback.)
 */
final class FaultyNode implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Restartable ollama;
    private final Restartable agent;
    private final FaultyLink toAgent;
    private final FaultyLink toOllama;
    private final FaultyLink toRegistry;
    private final List<FaultyLink> toCoordinators = new ArrayList<>();
    private final Api ollamaApi;
    private final Api agentApi;

    /**
     * @param number 1 to 250
     * @param coordinators where they listen
     */
    FaultyNode(
            int number,
            Programs programs,
            Path directory,
            URI registry,
            List<Endpoint> coordinators) {
        name = "node-" + number;
        String own = "127.0.1." + number;
        String advertised = "127.0.2." + number;
        int ollamaPort = Ports.free(LOOPBACK);
        int agentPort = Ports.free(own, advertised);
        Endpoint ollamaAddress = new Endpoint(LOOPBACK, ollamaPort);
        Endpoint agentAddress = new Endpoint(own, agentPort);
        toRegistry = link("registry", Endpoint.of(registry));
        toOllama = link("ollama", ollamaAddress);
        for (int i = 0; i < coordinators.size(); i++) {
            toCoordinators.add(link("coordinator-" + (i + 1), coordinators.get(i)));
        }
        toAgent =
                new FaultyLink(
                        "coordinator to " + name,
                        new Endpoint(advertised, agentPort),
                        agentAddress);
        Path models = directory.resolve("models");
        ollama =
                new Restartable(
                        name + "'s ollama",
                        () ->
                                programs.ollama(
                                        directory.resolve("ollama.log"),
                                        List.of(
                                                "--port=" + ollamaPort,
                                                "--dir=" + models,
                                                "--registry-url=" + toRegistry.url(),
                                                "--part-size=" + FleetShape.PART_SIZE)),
                        List.of(toOllama));
        agent =
                new Restartable(
                        name + "'s agent",
                        () ->
                                programs.agent(
                                        directory.resolve("agent.log"),
                                        List.of(
                                                "--coordinator-url=" + coordinatorUrls(),
                                                "--ollama-url=" + toOllama.url(),
                                                "--host=" + own,
                                                "--agent-api-port=" + agentPort,
                                                "--advertise-address=" + advertised,
                                                "--name=" + name,
                                                "--data-dir=" + directory.resolve("agent"),
                                                "--model-store=" + models,
                                                "--heartbeat-interval="
                                                        + FaultyFleet.HEARTBEAT.toMillis()
                                                        + "ms",
                                                "--gpu-model=NVIDIA GeForce RTX 3090",
                                                "--gpu-memory=24GB")),
                        List.of(toAgent));
        ollamaApi = new Api(ollamaAddress.url(), LIMIT);
        agentApi = new Api(agentAddress.url(), LIMIT);
    }

    /** The stand-in registry sends Ollama to {@code localhost}, so links listen there. */
    private FaultyLink link(String to, Endpoint target) {
        int port = Ports.free(LOOPBACK);
        return new FaultyLink(name + " to " + to, new Endpoint(LOOPBACK, port), target);
    }

    private String coordinatorUrls() {
        return toCoordinators.stream()
                .map(link -> link.url().toString())
                .collect(Collectors.joining(","));
    }

    void start() {
        links().forEach(FaultyLink::start);
        ollama.run();
        agent.run();
    }

    /** As the coordinator lists it. */
    String name() {
        return name;
    }

    Restartable ollama() {
        return ollama;
    }

    Restartable agent() {
        return agent;
    }

    /** Links over which a request must not arrive twice or late: Ollama has no answer to that. */
    List<FaultyLink> localLinks() {
        return List.of(toOllama, toRegistry);
    }

    /** Links between the agent and the coordinators. */
    List<FaultyLink> fleetLinks() {
        return Stream.concat(toCoordinators.stream(), Stream.of(toAgent)).toList();
    }

    List<FaultyLink> links() {
        return Stream.concat(localLinks().stream(), fleetLinks().stream()).toList();
    }

    /** The links from this agent to each coordinator, in their order. */
    List<FaultyLink> toCoordinators() {
        return List.copyOf(toCoordinators);
    }

    FaultyLink toRegistry() {
        return toRegistry;
    }

    /** Ollama itself, past every link. */
    Api ollamaApi() {
        return ollamaApi;
    }

    /** The agent itself, past every link. */
    Api agentApi() {
        return agentApi;
    }

    @Override
    public void close() {
        agent.close();
        ollama.close();
        links().forEach(FaultyLink::close);
        ollamaApi.close();
        agentApi.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
