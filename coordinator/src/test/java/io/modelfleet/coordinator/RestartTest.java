package io.modelfleet.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.coordinator.fixture.TestDatabase;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class RestartTest {
    @Parameter TestDatabase kind = TestDatabase.H2;
    @TempDir Path folder;
    private final StubAgent agent = new StubAgent();
    private Fleet fleet;
    private UUID node;

    @BeforeEach
    void start() {
        fleet = new Fleet(folder, Fleet.OFF, kind.address());
        node = fleet.register(agent.registration("gpu-1"));
    }

    @AfterEach
    void stop() {
        fleet.close();
        agent.close();
    }

    @Test
    void runningDownloadGoesOnWhereItWas() {
        String task = fleet.pull(node, "m:1b").text("task_id");
        await().until(() -> fleet.task(task).path("status").asText().equals("queued"));
        report(task, "{\"progress\":0.4,\"speed\":100,\"status\":\"downloading\"}");

        fleet.restart();

        JsonNode after = fleet.task(task);
        assertThat(after.path("status").asText()).isEqualTo("downloading");
        assertThat(after.path("progress").asDouble()).isEqualTo(0.4);
        assertThat(after.path("download_speed_bps").asLong())
                .as("alone, nothing is known to move; else another coordinator may hear of it")
                .isEqualTo(kind == TestDatabase.H2 ? 0 : 100);
        assertThat(after.path("attempt").asInt()).isEqualTo(1);
        assertThat(fleet.pull(node, "m:1b").text("task_id")).isEqualTo(task);
        fleet.api()
                .post(
                        "/api/health",
                        "{\"agent_id\":\"" + node + "\",\"tasks\":[\"" + task + "\"]}");
        report(task, "{\"progress\":1,\"status\":\"completed\"}");
        assertThat(fleet.task(task).path("status").asText()).isEqualTo("completed");
        assertThat(fleet.api().get("/api/agents/" + node + "/models").json()).hasSize(1);
        assertThat(agent.orders()).hasSize(1);
    }

    @Test
    void nodesSettingsModelsAndFinishedTasksAreStillThere() {
        fleet.api()
                .put(
                        "/api/agents/" + node + "/settings",
                        "{\"custom_name\":\"lab\",\"tags\":[\"a\"],\"schedulable\":false}");
        fleet.heartbeat(node, "\"installed_models\":[{\"name\":\"x:1b\",\"size\":5}]");
        String task = removal();
        JsonNode agents = fleet.api().get("/api/agents").json();
        JsonNode models = fleet.api().get("/api/agents/" + node + "/models").json();
        JsonNode tasks = fleet.api().get("/api/tasks").json();

        fleet.restart();

        assertThat(fleet.api().get("/api/agents").json()).isEqualTo(agents);
        assertThat(fleet.api().get("/api/agents/" + node + "/models").json()).isEqualTo(models);
        assertThat(fleet.api().get("/api/tasks").json()).isEqualTo(tasks);
        assertThat(fleet.task(task).path("status").asText()).isEqualTo("cancelled");
    }

    private String removal() {
        String task = fleet.api().delete("/api/agents/" + node + "/models/x:1b").text("task_id");
        await().until(() -> !agent.orders().isEmpty());
        fleet.api().post("/api/tasks/" + task + "/cancel", "");
        return task;
    }

    private void report(String task, String json) {
        assertThat(fleet.api().post("/api/tasks/" + task + "/progress", json).status())
                .isEqualTo(200);
    }
}
