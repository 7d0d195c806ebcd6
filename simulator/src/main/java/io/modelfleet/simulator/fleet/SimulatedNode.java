package io.modelfleet.simulator.fleet;

import io.modelfleet.agent.Agent;
import io.modelfleet.agent.AgentConfig;
import io.modelfleet.agent.link.NodeFigures;
import io.modelfleet.agent.pull.StoreSpace;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.simulator.ollama.OllamaSettings;
import io.modelfleet.simulator.ollama.OllamaStandIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One machine: a real agent beside a stand-in for Ollama. Either can be stopped and started again.
 */
public final class SimulatedNode implements AutoCloseable {
    private static final long MEBIBYTE = 1L << 20;

    private final NodeSpec spec;
    private final URI coordinator;
    private final Path directory;
    private final Duration heartbeatInterval;
    private final OllamaStandIn ollama;
    private @Nullable Agent agent;

    /**
     * @param directory for the model store and the agent's data; kept when the node is closed
     */
    public SimulatedNode(
            NodeSpec spec,
            URI coordinator,
            URI registry,
            Path directory,
            Duration heartbeatInterval) {
        this.spec = spec;
        this.coordinator = coordinator;
        this.directory = directory;
        this.heartbeatInterval = heartbeatInterval;
        this.ollama =
                new OllamaStandIn(
                        OllamaSettings.of(directory.resolve("models"), registry)
                                .withBandwidth(spec.bandwidth())
                                .withDisk(spec.disk()));
    }

    public void start() {
        ollama.start(0);
        startAgent();
    }

    /** Does nothing when the agent runs. */
    public synchronized void startAgent() {
        if (agent == null) {
            Agent starting = new Agent(config(), this::figures, this::disk);
            starting.start();
            agent = starting;
        }
    }

    /** Stops the agent politely, as its operator would; does nothing when it does not run. */
    public synchronized void stopAgent() {
        if (agent != null) {
            agent.close();
            agent = null;
        }
    }

    private AgentConfig config() {
        return new AgentConfig(
                List.of(coordinator),
                ollama.url(),
                "127.0.0.1",
                0,
                "127.0.0.1",
                directory.resolve("agent"),
                spec.name(),
                1,
                heartbeatInterval,
                directory.resolve("models"));
    }

    private NodeFigures figures() {
        List<GpuDevice> devices = spec.devices();
        return new NodeFigures(
                devices,
                3.0,
                spec.gpuMemory() * spec.gpus() / MEBIBYTE,
                spec.gpuMemory() * spec.gpus() / 16 / MEBIBYTE,
                40.0 + spec.gpus(),
                7.5,
                31.0);
    }

    private Optional<StoreSpace> disk() {
        return Optional.of(new StoreSpace(ollama.totalDisk(), ollama.freeDisk()));
    }

    public String name() {
        return spec.name();
    }

    public OllamaStandIn ollama() {
        return ollama;
    }

    /** Empty before the first registration, and while the agent is stopped. */
    public synchronized Optional<UUID> agentId() {
        return Optional.ofNullable(agent).flatMap(Agent::agentId);
    }

    /** The port of the agent's own API; empty while it is stopped. */
    public synchronized Optional<Integer> apiPort() {
        return Optional.ofNullable(agent).map(Agent::apiPort);
    }

    @Override
    public void close() {
        stopAgent();
        ollama.close();
    }
}
