package io.modelfleet.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.catalog.LoopbackRegistry;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {
    @TempDir static Path folder;
    private static Fleet fleet;
    private static UUID node;

    @BeforeAll
    static void start() {
        fleet = new Fleet(folder, Fleet.OFF);
        fleet.registry().answerAll(LoopbackRegistry.status(500));
        node = fleet.register(StubAgent.registration("gpu-1", 9, "1.0", 24_000_000_000L));
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @Test
    void healthTellsOfTheDatabase() {
        Api.Reply reply = fleet.api().get("/health");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("status")).isEqualTo("ok");
        assertThat(reply.text("database")).isEqualTo("ok");
    }

    @Test
    void metricsCountNodesAndTasks() {
        Api.Reply reply = fleet.api().get("/metrics");
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.body())
                .contains(
                        "modelfleet_nodes{status=\"online\"} 1.0",
                        "modelfleet_tasks{status=\"pending\"} 0.0",
                        "modelfleet_dispatch_failures_total 0.0",
                        "jvm_memory_used_bytes");
    }

    @Test
    void nodesModelsAreListedWithWhatIsKnownOfThem() {
        fleet.heartbeat(
                node,
                """
                "loaded_models":["b:1b"],
                "installed_models":[
                  {"name":"b:1b","size":12512345678,"installed_at":"2025-11-14T10:00:00Z"},
                  {"name":"a"}]
                """);

        JsonNode models = fleet.api().get("/api/agents/" + node + "/models").json();
        assertThat(models.path(0).toString()).isEqualTo("{\"name\":\"a:latest\",\"loaded\":false}");
        assertThat(models.path(1).path("size_gb").asDouble()).isEqualTo(12.5);
        assertThat(models.path(1).path("installed_at").asText()).isEqualTo("2025-11-14T10:00:00Z");
        assertThat(models.path(1).path("loaded").asBoolean()).isTrue();

        JsonNode available = fleet.api().get("/api/models/available").json();
        assertThat(available.path("source").asText()).isEqualTo("agents");
        assertThat(available.path("models").path(0).has("size_gb"))
                .as("what is not known is absent, never 0")
                .isFalse();
        assertThat(available.path("models").path(1).path("size_gb").asDouble()).isEqualTo(12.5);
    }
}
