package io.modelfleet.simulator.bench;

import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.HeartbeatReply;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.Registration;
import io.modelfleet.protocol.RegistrationReply;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.JsonClient;
import io.modelfleet.service.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the coordinator sees of an agent, without the machine behind it: a thousand of them fit into
 * one process.
 */
final class LightAgent {
    private static final long GIGABYTE = 1_000_000_000L;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int number;
    private final URI coordinator;
    private final int apiPort;
    private final UUID id = UUID.randomUUID();
    private final Map<UUID, Double> downloads = new ConcurrentHashMap<>();
    private final Set<UUID> known = ConcurrentHashMap.newKeySet();

    LightAgent(int number, URI coordinator, int apiPort) {
        this.number = number;
        this.coordinator = coordinator;
        this.apiPort = apiPort;
    }

    UUID id() {
        return id;
    }

    void register(JsonClient client) {
        Reply reply =
                client.post(
                        coordinator.resolve("/api/agents"),
                        new Registration(
                                id,
                                "bench-%04d".formatted(number),
                                "127.0.0.1",
                                "0.33.0",
                                11434,
                                apiPort,
                                true,
                                List.of(gpu()),
                                "bench",
                                OllamaState.OK,
                                installed(),
                                List.of(),
                                1000 * GIGABYTE,
                                500 * GIGABYTE,
                                null),
                        LIMIT);
        if (!(reply instanceof Reply.Ok ok)) {
            throw new IllegalStateException("registration failed: " + reply);
        }
        if (!Json.read(ok.body(), RegistrationReply.class).agentId().equals(id)) {
            throw new IllegalStateException("the coordinator gave another id");
        }
    }

    private GpuDevice gpu() {
        return new GpuDevice(
                "GPU-" + id,
                "nvidia",
                "NVIDIA GeForce RTX 4090",
                1,
                24L << 30,
                (long) number << 20,
                number % 100,
                40 + number % 30,
                "590.48.01",
                "8.9");
    }

    private static List<InstalledModel> installed() {
        return List.of(
                new InstalledModel(ModelName.parse("llama3.2:3b"), 2 * GIGABYTE, null, null),
                new InstalledModel(ModelName.parse("qwen3:8b"), 5 * GIGABYTE, null, null));
    }

    /** Sends a heartbeat, and takes on what its answer lists. */
    void heartbeat(Latencies calls) {
        Reply reply =
                calls.post(
                        coordinator.resolve("/api/health"),
                        new Heartbeat(
                                id,
                                (double) ((number * 7L + System.nanoTime() / 1_000_000) % 100),
                                50.0,
                                (double) (number % 100),
                                24576L,
                                4096L,
                                60.0,
                                List.of(),
                                1000 * GIGABYTE,
                                500 * GIGABYTE,
                                List.of(gpu()),
                                null,
                                OllamaState.OK,
                                null,
                                List.copyOf(known),
                                null,
                                null));
        if (reply instanceof Reply.Ok ok) {
            Json.read(ok.body(), HeartbeatReply.class).tasks().stream()
                    .map(TaskOrder::taskId)
                    .forEach(known::add);
        }
    }

    /** Begins to report a download that never ends. */
    void downloads(UUID task) {
        downloads.put(task, 0.0);
        known.add(task);
    }

    /** Reports once for each running download. */
    void report(Latencies calls) {
        downloads.replaceAll((task, progress) -> Math.min(0.99, progress + 0.01));
        downloads.forEach(
                (task, progress) ->
                        calls.post(
                                coordinator.resolve("/api/tasks/" + task + "/progress"),
                                new ProgressReport(
                                        progress,
                                        1e7,
                                        TaskStatus.DOWNLOADING,
                                        null,
                                        null,
                                        null,
                                        null)));
    }
}
