package io.modelfleet.coordinator.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.LogLines;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.protocol.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewNodesTest {
    private static final String HELD = "\"installed_models\":[{\"name\":\"gpt-oss:7b\"}]";
    private static final String EMPTIED = "\"installed_models\":[]";

    @TempDir static Path folder;
    private static Fleet fleet;
    private static int names;
    private final StubAgent agent = new StubAgent();

    @BeforeAll
    static void start() {
        fleet = new Fleet(folder, Fleet.ON);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @AfterEach
    void closeAgent() {
        agent.close();
    }

    @ParameterizedTest
    @CsvSource({
        "25757220864, gpt-oss:20b",
        "17171480576, gpt-oss:20b",
        "12884901888, gpt-oss:7b",
        " 6442450944, gpt-oss:3b",
        " 4294967296, gpt-oss:1b"
    })
    void newNodeGetsTheModelThatSuitsItsMemory(long memory, String model) {
        try (LogLines log = new LogLines()) {
            JsonNode reply = register(registration(memory)).json();

            assertThat(reply.path("status").asText()).isEqualTo("registered");
            assertThat(reply.path("auto_distributed_model").asText()).isEqualTo(model);
            String task = reply.path("download_task_id").asText();
            assertThat(fleet.task(task).path("model_name").asText()).isEqualTo(model);
            assertThat(log.lines())
                    .contains(
                            "INFO Auto-distribution started: model=" + model + ", task_id=" + task);
        }
    }

    @Test
    void registeringTenTimesMakesOneTask() throws Exception {
        Registration registration = registration(12_000_000_000L);
        Thread[] calls = new Thread[10];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = Thread.ofVirtual().start(() -> register(registration));
        }
        for (Thread call : calls) {
            call.join();
        }

        JsonNode again = register(registration).json();
        assertThat(again.path("status").asText()).isEqualTo("updated");
        assertThat(again.has("auto_distributed_model")).isFalse();
        assertThat(again.has("download_task_id")).isFalse();
        assertThat(tasksOf(again.path("agent_id").asText())).isEqualTo(1);
    }

    @Test
    void modelThatIsThereAlreadyIsNotSent() {
        Registration bare = registration(12_000_000_000L);
        String json = Fleet.text(bare);
        JsonNode reply =
                fleet.api()
                        .post(
                                "/api/agents",
                                json.substring(0, json.length() - 1)
                                        + ",\"installed_models\":[{\"name\":\"gpt-oss:7b\"}]}")
                        .json();

        assertThat(reply.has("download_task_id")).isFalse();
    }

    @Test
    void modelThatAnOperatorCancelledOrRemovedIsNotSentAgain() {
        Registration first = registration(12_000_000_000L);
        JsonNode cancelled = register(first).json();
        fleet.api()
                .post("/api/tasks/" + cancelled.path("download_task_id").asText() + "/cancel", "");
        assertThat(register(first).json().has("download_task_id")).isFalse();

        Registration second = registration(12_000_000_000L);
        JsonNode removed = register(second).json();
        UUID node = UUID.fromString(removed.path("agent_id").asText());
        report(removed.path("download_task_id").asText());
        fleet.clock().advance(Duration.ofMillis(1));
        String removal =
                fleet.api().delete("/api/agents/" + node + "/models/gpt-oss:7b").text("task_id");
        report(removal);
        assertThat(fleet.api().get("/api/agents/" + node + "/models").json()).isEmpty();
        assertThat(register(second).json().has("download_task_id")).isFalse();
    }

    @Test
    void pausedNodeAndFullNodeRegisterWithoutATask() {
        fleet.registry().serve("gpt-oss:7b", 14_000_000_000L);
        // That the registry does not have a model is remembered for a minute.
        fleet.clock().advance(Duration.ofMinutes(2));
        Registration full = registration(12_000_000_000L);
        String json = Fleet.text(full);
        Api.Reply reply =
                fleet.api()
                        .post(
                                "/api/agents",
                                json.substring(0, json.length() - 1) + ",\"disk_free\":1000}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().has("download_task_id")).isFalse();
        assertThat(tasksOf(reply.text("agent_id"))).isZero();
        fleet.api()
                .put(
                        "/api/agents/" + reply.text("agent_id") + "/settings",
                        "{\"schedulable\":false}");
        fleet.heartbeat(UUID.fromString(reply.text("agent_id")), "\"disk_free\":99000000000");
        assertThat(register(full).json().has("download_task_id")).isFalse();
    }

    @Test
    void bareRegistrationIsEnough() {
        JsonNode reply =
                fleet.api()
                        .post(
                                "/api/agents",
                                """
                                {"machine_name":"bare-1","ip_address":"127.0.0.1","ollama_version":"0.1.32",
                                 "ollama_port":11434,"gpu_available":true,
                                 "gpu_devices":[{"model":"NVIDIA GeForce RTX 3060","count":1,"memory":12884901888}]}
                                """)
                        .json();

        JsonNode node = fleet.api().get("/api/agents/" + reply.path("agent_id").asText()).json();
        assertThat(reply.path("auto_distributed_model").asText()).isEqualTo("gpt-oss:7b");
        assertThat(node.path("agent_api_port").asInt()).isEqualTo(11435);
        assertThat(node.path("gpu_count").asInt()).isEqualTo(1);
        assertThat(node.has("agent_version")).isFalse();
    }

    /** A node that has its model by auto-distribution, for longer than a heartbeat is under way. */
    private UUID nodeWithItsModel() {
        JsonNode reply = register(registration(12_000_000_000L)).json();
        UUID node = UUID.fromString(reply.path("agent_id").asText());
        report(reply.path("download_task_id").asText());
        fleet.clock().advance(Duration.ofMinutes(1));
        fleet.heartbeat(node, HELD);
        return node;
    }

    private static JsonNode newest(UUID node) {
        return fleet.api().get("/api/tasks?agent_id=" + node).json().at("/tasks/0");
    }

    @Test
    void modelThatVanishesBehindOurBackIsBroughtBackOnce() {
        UUID node = nodeWithItsModel();
        try (LogLines log = new LogLines()) {
            String answer = fleet.heartbeat(node, EMPTIED).body();

            assertThat(tasksOf(node.toString())).isEqualTo(2);
            String task = newest(node).path("id").asText();
            assertThat(answer).contains(task);
            assertThat(log.lines())
                    .contains(
                            "WARNING Model vanished from its node: model=gpt-oss:7b, agent_id="
                                    + node,
                            "INFO Auto-distribution started: model=gpt-oss:7b, task_id=" + task);
        }
        assertThat(fleet.api().get("/api/agents/" + node + "/models").json()).isEmpty();
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(2);
    }

    @Test
    void modelThatNoTaskBroughtIsBroughtBackToo() {
        Registration registration = registration(12_000_000_000L);
        String json = Fleet.text(registration);
        UUID node =
                UUID.fromString(
                        fleet.api()
                                .post(
                                        "/api/agents",
                                        json.substring(0, json.length() - 1) + "," + HELD + "}")
                                .text("agent_id"));
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(1);
    }

    @Test
    void heartbeatFromBeforeTheEndOfThePullStartsNothing() {
        JsonNode reply = register(registration(12_000_000_000L)).json();
        UUID node = UUID.fromString(reply.path("agent_id").asText());
        fleet.heartbeat(node, EMPTIED);
        report(reply.path("download_task_id").asText());
        fleet.clock().advance(Duration.ofSeconds(10));
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(1);

        fleet.clock().advance(Duration.ofMinutes(1));
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(2);
    }

    @Test
    void failedReturnIsLeftToTheOperator() {
        UUID node = nodeWithItsModel();
        fleet.heartbeat(node, EMPTIED);
        fleet.api()
                .post(
                        "/api/tasks/" + newest(node).path("id").asText() + "/progress",
                        "{\"status\":\"failed\",\"error\":\"no\"}");
        fleet.clock().advance(Duration.ofHours(2));
        fleet.heartbeat(node, HELD);
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(2);
    }

    @Test
    void modelThatVanishesAgainAndAgainIsBroughtBackOnceAnHour() {
        UUID node = nodeWithItsModel();
        fleet.heartbeat(node, EMPTIED);
        report(newest(node).path("id").asText());
        fleet.clock().advance(Duration.ofMinutes(2));
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(2);

        fleet.clock().advance(Duration.ofHours(1));
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(3);
    }

    @Test
    void modelThatAnOperatorRemovedStaysAway() {
        UUID node = nodeWithItsModel();
        String removal =
                fleet.api().delete("/api/agents/" + node + "/models/gpt-oss:7b").text("task_id");
        fleet.heartbeat(node, EMPTIED);
        report(removal);
        fleet.clock().advance(Duration.ofMinutes(5));
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(2);
    }

    @Test
    void clockThatIsSetBackDoesNotKeepTheModelAway() {
        UUID node = nodeWithItsModel();
        fleet.clock().jump(Duration.ofHours(-1));
        fleet.heartbeat(node, EMPTIED);
        assertThat(tasksOf(node.toString())).isEqualTo(2);
        fleet.clock().jump(Duration.ofHours(1));
    }

    private Registration registration(long memory) {
        return StubAgent.registration("new-" + names++, agent.port(), "1.0", memory);
    }

    private static Api.Reply register(Registration registration) {
        return fleet.api().post("/api/agents", Fleet.text(registration));
    }

    private static void report(String task) {
        assertThat(
                        fleet.api()
                                .post(
                                        "/api/tasks/" + task + "/progress",
                                        "{\"status\":\"completed\"}")
                                .status())
                .isEqualTo(200);
    }

    private static int tasksOf(String node) {
        return fleet.api().get("/api/tasks?agent_id=" + node).json().path("tasks").size();
    }
}
