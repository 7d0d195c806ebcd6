package io.modelfleet.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.catalog.LoopbackRegistry;
import io.modelfleet.coordinator.policy.AutoDistribution;
import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A real coordinator on loopback with a registry and an agent, and what many steps share. */
final class ContractFleet implements AutoCloseable {
    private static final String CATALOG =
            """
            models:
              - name: llama3.2:3b
                display-name: Llama 3.2 (3B)
                description: Meta's Llama 3.2 model, 3 billion parameters
              - name: mistral:7b
                display-name: Mistral (7B)
                description: Mistral AI's 7B parameter model
            """;

    final Coordinator coordinator;
    final RecordingClient client;
    private final ContractAgent agent = new ContractAgent();
    private final LoopbackRegistry registry = new LoopbackRegistry();

    private ContractFleet(Path folder, List<Exchange> record, boolean withRegistry) {
        registry.serve("llama3.2:3b", 2_000_000_000L);
        registry.serve("mistral:7b", 4_100_000_000L);
        registry.serve("gpt-oss:20b", 12_500_000_000L);
        URI library =
                withRegistry
                        ? registry.uri()
                        : URI.create("http://127.0.0.1:" + ContractAgent.unusedPort());
        coordinator =
                new Coordinator(
                        new CoordinatorConfig(
                                "127.0.0.1",
                                0,
                                folder,
                                // Nothing happens by itself while the test runs.
                                Duration.ofMinutes(10),
                                Duration.ofHours(1),
                                new AutoDistribution(
                                        true,
                                        AutoDistribution.Measure.LARGEST,
                                        AutoDistribution.defaultTable()),
                                Map.of(ModelName.DEFAULT_HOST, library),
                                catalogFile(folder),
                                Duration.ofHours(1),
                                Duration.ofDays(30)));
        coordinator.start();
        client = new RecordingClient(coordinator.url(), record);
    }

    static ContractFleet start(Path folder, List<Exchange> record) {
        return new ContractFleet(folder, record, true);
    }

    static ContractFleet startWithoutRegistry(Path folder, List<Exchange> record) {
        return new ContractFleet(folder, record, false);
    }

    private static Path catalogFile(Path folder) {
        try {
            return Files.writeString(
                    Files.createDirectories(folder).resolve("catalog.yaml"), CATALOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int agentPort() {
        return agent.port();
    }

    /** Registers a node whose agent accepts everything, with mistral:7b installed. */
    UUID node(String name) {
        return node(name, agent.port());
    }

    UUID node(String name, int agentPort) {
        Exchange registered =
                client.post(
                        "/api/agents",
                        """
                        {"machine_name":"%s","ip_address":"127.0.0.1","ollama_port":11434,"agent_api_port":%d,
                         "gpu_available":true,"gpu_devices":[{"model":"Tesla T4"}],"agent_version":"1",
                         "installed_models":[{"name":"mistral:7b","size":4100000000}]}
                        """
                                .formatted(name, agentPort));
        assertThat(registered.status()).as("%s", registered).isEqualTo(200);
        return registered.id("agent_id");
    }

    /** A task that is over without having done its work. */
    UUID failedTask(UUID node) {
        Exchange pull = client.post("/api/agents/" + node + "/models/pull", pull("llama3.2:3b"));
        assertThat(pull.status()).as("%s", pull).isEqualTo(202);
        UUID task = pull.id("task_id");
        client.post(
                "/api/tasks/" + task + "/progress",
                """
                {"status":"failed","error":"no space left on device","error_code":"DISK_FULL"}
                """);
        return task;
    }

    void leave(UUID node) {
        client.post("/api/health", "{\"agent_id\":\"%s\",\"leaving\":true}".formatted(node));
    }

    void pause(UUID node) {
        client.put("/api/agents/" + node + "/settings", "{\"schedulable\":false}");
    }

    void fill(UUID node) {
        client.post("/api/health", "{\"agent_id\":\"%s\",\"disk_free\":1000}".formatted(node));
    }

    static String pull(String model) {
        return "{\"model_name\":\"%s\"}".formatted(model);
    }

    @Override
    public void close() {
        client.close();
        coordinator.close();
        agent.close();
        registry.close();
    }
}
