package io.modelfleet.simulator.fleet;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.registry.RegistryStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A coordinator, an agent and an Ollama stand-in, each a JVM of its own that can be killed and
 * started again.
 */
final class RealProcesses implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Path directory;
    private final RegistryStandIn registry = new RegistryStandIn();
    private final Programs programs = Programs.built(List.of());
    private final int coordinatorPort = Ports.free(HOST);
    private final int ollamaPort = Ports.free(HOST);
    private final int agentPort = Ports.free(HOST);
    private JavaProcess coordinator;
    private JavaProcess ollama;
    private JavaProcess agent;

    /** Which one is killed. */
    enum Victim {
        COORDINATOR,
        AGENT,
        OLLAMA
    }

    /**
     * @param model what a 24 GB node gets, with its size in bytes; the registry serves 6 MB/s
     */
    RealProcesses(Path directory, ModelName model, long size) throws IOException {
        this.directory = directory;
        registry.addModel(model, size);
        registry.bandwidth(6_000_000);
        registry.start(0);
        ollama = startOllama();
        coordinator = startCoordinator();
        agent = startAgent();
    }

    void kill(Victim victim) {
        switch (victim) {
            case COORDINATOR -> coordinator.kill();
            case AGENT -> agent.kill();
            case OLLAMA -> ollama.kill();
        }
    }

    void startAgain(Victim victim) throws IOException {
        switch (victim) {
            case COORDINATOR -> coordinator = startCoordinator();
            case AGENT -> agent = startAgent();
            case OLLAMA -> ollama = startOllama();
        }
    }

    private JavaProcess startCoordinator() throws IOException {
        return programs.coordinator(
                directory.resolve("coordinator.log"),
                List.of(
                        "--port=" + coordinatorPort,
                        "--data-dir=" + directory.resolve("coordinator"),
                        "--registry-url=" + registry.url(),
                        "--heartbeat-interval=1s",
                        "--offline-after=4s"));
    }

    private JavaProcess startAgent() throws IOException {
        return programs.agent(
                directory.resolve("agent.log"),
                List.of(
                        "--coordinator-url=http://localhost:" + coordinatorPort,
                        "--ollama-port=" + ollamaPort,
                        "--agent-api-port=" + agentPort,
                        "--data-dir=" + directory.resolve("agent"),
                        "--model-store=" + directory.resolve("models"),
                        "--heartbeat-interval=1s",
                        "--gpu-model=NVIDIA GeForce RTX 3090",
                        "--gpu-memory=24GB"));
    }

    private JavaProcess startOllama() throws IOException {
        return programs.ollama(
                directory.resolve("ollama.log"),
                List.of(
                        "--port=" + ollamaPort,
                        "--dir=" + directory.resolve("models"),
                        "--registry-url=" + registry.url(),
                        "--part-size=1000000"));
    }

    URI coordinatorUrl() {
        return URI.create("http://127.0.0.1:" + coordinatorPort);
    }

    URI ollamaUrl() {
        return URI.create("http://127.0.0.1:" + ollamaPort);
    }

    RegistryStandIn registry() {
        return registry;
    }

    JavaProcess agent() {
        return agent;
    }

    JavaProcess coordinator() {
        return coordinator;
    }

    @Override
    public void close() {
        agent.close();
        coordinator.close();
        ollama.close();
        registry.close();
    }
}
