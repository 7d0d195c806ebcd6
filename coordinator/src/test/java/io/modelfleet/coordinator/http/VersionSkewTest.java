package io.modelfleet.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are one version ahead or behind, as they would speak. */
class VersionSkewTest {
    @TempDir Path folder;
    private final StubAgent agent = new StubAgent();
    private final UUID id = UUID.randomUUID();
    private Fleet fleet;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, Fleet.OFF);
    }

    @AfterEach
    void stop() {
        fleet.close();
        agent.close();
    }

    private String recorded(String name) {
        try (InputStream in = VersionSkewTest.class.getResourceAsStream("/skew/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("%AGENT%", id.toString())
                    .replace("%PORT%", Integer.toString(agent.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Api.Reply post(String path, String recording) {
        Api.Reply reply = fleet.api().post(path, recorded(recording));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply;
    }

    private JsonNode node() {
        return fleet.api().get("/api/agents/" + id).json();
    }

    @Test
    void newerAgentIsUnderstoodAsFarAsItCanBe() {
        post("/api/agents", "newer-registration.json");
        assertThat(node().path("gpu_model").asText()).isEqualTo("Hexagon X");
        assertThat(node().at("/gpu_devices/0/vendor").asText()).isEqualTo("qualcomm");
        assertThat(node().has("ollama")).isFalse();
        assertThat(fleet.api().get("/api/agents/" + id + "/models").json().at("/0/name").asText())
                .isEqualTo("gpt-oss:7b");

        post("/api/health", "newer-heartbeat.json");
        assertThat(node().path("gpu_model").asText()).isEqualTo("n300");
        assertThat(node().path("cpu_usage").asDouble()).isEqualTo(3.5);
    }

    @Test
    void unknownStatusChangesNothingAndUnknownCauseKeepsItsWords() {
        post("/api/agents", "newer-registration.json");
        String task = fleet.pull(id, "other:1b").text("task_id");

        post("/api/tasks/" + task + "/progress", "newer-progress.json");
        assertThat(fleet.task(task).path("status").asText()).isIn("pending", "queued");

        post("/api/tasks/" + task + "/progress", "newer-failure.json");
        JsonNode failed = fleet.task(task);
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("error").asText())
                .isEqualTo("the mirror gave up: quota of the day is used up");
        assertThat(failed.path("error_code").asText()).isEqualTo("OLLAMA_ERROR");
    }

    @Test
    void olderAgentThatNamesNoRunIsNotCheckedForOne() {
        post("/api/agents", "newer-registration.json");
        post("/api/agents", "older-registration.json");
        post("/api/health", "older-heartbeat.json");
        assertThat(node().path("agent_version").asText()).isEqualTo("0.1.0");
        assertThat(node().path("status").asText()).isEqualTo("online");
        post("/api/agents", "newer-registration.json");
        post("/api/health", "older-heartbeat.json");
    }

    @Test
    void workGoesToTheAddressThatTheAgentRegisteredLast() {
        post("/api/agents", "newer-registration.json");
        try (StubAgent moved = new StubAgent()) {
            Api.Reply reply =
                    fleet.api()
                            .post(
                                    "/api/agents",
                                    recorded("newer-registration.json")
                                            .replace(
                                                    ":" + agent.port() + ",",
                                                    ":" + moved.port() + ","));
            assertThat(reply.text("status")).isEqualTo("updated");
            fleet.pull(id, "other:1b");
            await().until(() -> moved.orders().size() == 1);
            assertThat(agent.orders()).isEmpty();
        }
    }
}
