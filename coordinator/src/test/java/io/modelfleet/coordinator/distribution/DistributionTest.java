package io.modelfleet.coordinator.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    private static final long ROOM = 500_000_000_000L;
    private static final String MODEL = "fleet:3b";

    @TempDir static Path folder;
    private static Fleet fleet;
    private final StubAgent agent = new StubAgent();

    @BeforeAll
    static void start() {
        fleet = new Fleet(folder, Fleet.OFF);
        fleet.registry().serve(MODEL, 2_000_000_000L);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @AfterEach
    void removeNodes() {
        fleet.api()
                .get("/api/agents")
                .json()
                .forEach(node -> fleet.api().delete("/api/agents/" + node.path("id").asText()));
        agent.close();
    }

    @Test
    void pullAnswersItsTaskAndHandsItToTheAgentAtOnce() {
        UUID node = fleet.node("gpu-1", agent, ROOM);

        Api.Reply reply = fleet.pull(node, MODEL);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().has("already_installed")).isFalse();
        await().until(() -> !agent.orders().isEmpty());
        await().until(() -> status(reply).equals("queued"));
        JsonNode task = fleet.task(reply.text("task_id"));
        assertThat(task.path("kind").asText()).isEqualTo("pull");
        assertThat(task.path("model_name").asText()).isEqualTo(MODEL);
        assertThat(task.path("bytes_total").asLong()).isEqualTo(2_000_000_000L);
        assertThat(agent.orders().getFirst().body().path("blobs").size()).isEqualTo(2);
    }

    @Test
    void pullToAnOfflineNodeIsRefusedInTheQuickStartsWords() {
        UUID node = fleet.node("gpu-1", agent, ROOM);
        fleet.leave(node);

        Api.Reply reply = fleet.pull(node, MODEL);

        assertThat(reply.refusal()).isEqualTo("503 AGENT_OFFLINE");
        assertThat(reply.text("error")).isEqualTo("ノード " + node + " はオフラインです");
        assertThat(tasksOf(node)).isZero();
    }

    @Test
    void pullOfAnInstalledModelSaysSoAndPullsAllTheSame() {
        UUID node = fleet.node("gpu-1", agent, ROOM);
        holds(node, MODEL);

        Api.Reply reply = fleet.pull(node, MODEL);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("already_installed").asBoolean()).isTrue();
        await().until(() -> !agent.orders().isEmpty());
    }

    @Test
    void secondRequestForAModelOnItsWayIsTheSameTaskAndCostsNoAttempt() {
        agent.answer(StubAgent.status(503));
        UUID node = fleet.node("gpu-1", agent, ROOM);
        Api.Reply first = fleet.pull(node, MODEL);
        await().until(() -> fleet.task(first.text("task_id")).has("error"));

        for (String name : List.of(MODEL, "FLEET:3B", "library/fleet:3b")) {
            assertThat(fleet.pull(node, name).text("task_id")).isEqualTo(first.text("task_id"));
        }
        assertThat(taskIds(distribute("\"all\""))).containsExactly(first.text("task_id"));

        assertThat(agent.orders()).hasSize(1);
        assertThat(fleet.task(first.text("task_id")).path("attempt").asInt()).isEqualTo(1);
        assertThat(tasksOf(node)).isEqualTo(1);
    }

    @Test
    void oneNodeThatCannotTakeItFailsTheWholeCallAndCreatesNothing() {
        fleet.registry().serve("huge:1b", ROOM + 1);
        UUID good = fleet.node("good", agent, 2 * ROOM);
        UUID full = fleet.node("full", agent, ROOM);
        UUID offline = fleet.node("offline", agent, 2 * ROOM);
        UUID paused = fleet.node("paused", agent, 2 * ROOM);
        fleet.leave(offline);
        pause(paused);

        assertThat(specific("huge:1b", good, UUID.randomUUID()).refusal())
                .isEqualTo("404 AGENT_NOT_FOUND");
        assertThat(specific("huge:1b", good, offline).refusal()).isEqualTo("503 AGENT_OFFLINE");
        assertThat(specific("huge:1b", good, full).refusal()).isEqualTo("507 INSUFFICIENT_STORAGE");
        assertThat(specific("huge:1b", good, paused).refusal()).isEqualTo("409 NOT_SCHEDULABLE");

        assertThat(tasksOf(good)).isZero();
        assertThat(agent.orders()).isEmpty();
        assertThat(specific("huge:1b", good, good).status()).isEqualTo(202);
        assertThat(tasksOf(good)).isEqualTo(1);
    }

    @Test
    void allMeansEveryNodeThatCanTakeItAndTheOthersAreListedWithTheReason() {
        UUID good = fleet.node("good", agent, ROOM);
        UUID full = fleet.node("full", agent, 1_000L);
        UUID offline = fleet.node("offline", agent, ROOM);
        UUID paused = fleet.node("paused", agent, ROOM);
        fleet.leave(offline);
        pause(paused);

        Api.Reply reply = distribute("\"all\"");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(taskIds(reply)).hasSize(1);
        assertThat(tasksOf(good)).isEqualTo(1);
        assertThat(skipped(reply))
                .containsExactlyInAnyOrder(
                        full + " INSUFFICIENT_STORAGE",
                        offline + " AGENT_OFFLINE",
                        paused + " NOT_SCHEDULABLE");
        assertThat(reply.body()).contains("ノード " + offline + " はオフラインです");
    }

    @Test
    void reasonsForLeavingNodesOutFollowTheCallersLanguage() {
        UUID offline = fleet.node("offline", agent, ROOM);
        fleet.leave(offline);

        Api.Reply reply =
                fleet.api()
                        .send(
                                fleet.api()
                                        .request("/api/models/distribute")
                                        .header("Accept-Language", "en-GB, ja;q=0.5")
                                        .POST(
                                                BodyPublishers.ofString(
                                                        """
                                                        {"model_name":"fleet:3b","target":"all"}
                                                        """)));

        assertThat(reply.body()).contains("node " + offline + " is offline");
    }

    @Test
    void nobodySkippedMeansNoSuchField() {
        fleet.node("good", agent, ROOM);

        assertThat(distribute("\"all\"").json().has("skipped")).isFalse();
    }

    @Test
    void queueCreatesTheTaskAnywayAndItStartsWithTheNodesNextHeartbeat() {
        UUID offline = fleet.node("offline", agent, ROOM);
        fleet.leave(offline);

        Api.Reply reply = distribute("\"all\",\"on_unavailable\":\"queue\"");

        String task = taskIds(reply).getFirst();
        assertThat(reply.json().has("skipped")).isFalse();
        assertThat(fleet.task(task).path("status").asText()).isEqualTo("pending");
        assertThat(agent.orders()).isEmpty();

        JsonNode orders = fleet.heartbeat(offline, "\"disk_free\":" + ROOM).json().path("tasks");
        assertThat(orders.path(0).path("task_id").asText()).isEqualTo(task);
        assertThat(orders.path(0).path("kind").asText()).isEqualTo("pull");
    }

    @Test
    void queueHoldsForOneNodeToo() {
        UUID offline = fleet.node("offline", agent, ROOM);
        fleet.leave(offline);

        Api.Reply reply =
                fleet.api()
                        .post(
                                "/api/agents/" + offline + "/models/pull",
                                """
                                {"model_name":"fleet:3b","on_unavailable":"queue"}
                                """);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(status(reply)).isEqualTo("pending");
    }

    @Test
    void skipLeavesNodesOutThatHoldTheModelAndPullDoesNot() {
        UUID holder = fleet.node("holder", agent, ROOM);
        UUID other = fleet.node("other", agent, ROOM);
        holds(holder, MODEL);

        Api.Reply skip = distribute("\"all\",\"if_installed\":\"skip\"");
        assertThat(taskIds(skip)).hasSize(1);
        assertThat(skipped(skip)).containsExactly(holder + " ALREADY_INSTALLED");
        assertThat(tasksOf(other)).isEqualTo(1);

        Api.Reply pull = distribute("\"all\",\"if_installed\":\"pull\"");
        assertThat(taskIds(pull)).hasSize(2);
        assertThat(pull.json().has("skipped")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model_name\":\"a\",\"target\":\"some\"}",
                "{\"model_name\":\"a\"}",
                "{\"target\":\"all\"}",
                "{\"model_name\":\"a\",\"target\":\"specific\"}",
                "{\"model_name\":\"a\",\"target\":\"specific\",\"agent_ids\":[]}",
                "{\"model_name\":\"a\",\"target\":\"specific\",\"agent_ids\":[null]}",
                "{\"model_name\":\"a\",\"target\":\"specific\",\"agent_ids\":[\"gpu-1\"]}",
                "{\"model_name\":\"a\",\"target\":\"specific\",\"agent_ids\":\"all\"}",
                "{\"model_name\":\"a\",\"target\":\"all\",\"if_installed\":\"maybe\"}",
                "{\"model_name\":\"a\",\"target\":\"all\",\"on_unavailable\":1}"
            })
    void wishThatCannotBeUnderstoodIsRefused(String body) {
        UUID node = fleet.node("good", agent, ROOM);

        assertThat(fleet.api().post("/api/models/distribute", body).refusal())
                .isEqualTo("400 INVALID_REQUEST");
        assertThat(tasksOf(node)).isZero();
    }

    @Test
    void cancelStopsATaskOnceAndRetryMakesANewOneThatNamesIt() {
        UUID node = fleet.node("gpu-1", agent, ROOM);
        String task = fleet.pull(node, MODEL).text("task_id");
        assertThat(act(task, "retry").refusal()).isEqualTo("409 TASK_ACTIVE");

        Api.Reply cancelled = act(task, "cancel");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("cancelled");
        assertThat(cancelled.text("completed_at")).isNotEmpty();
        assertThat(act(task, "cancel").refusal()).isEqualTo("409 TASK_FINISHED");

        Api.Reply retry = act(task, "retry");
        assertThat(retry.status()).isEqualTo(202);
        assertThat(retry.text("task_id")).isNotEqualTo(task);
        assertThat(fleet.task(retry.text("task_id")).path("retry_of").asText()).isEqualTo(task);
        report(retry.text("task_id"), "{\"progress\":1,\"status\":\"completed\"}");
        assertThat(act(retry.text("task_id"), "retry").refusal()).isEqualTo("409 TASK_FINISHED");
        assertThat(act(UUID.randomUUID().toString(), "cancel").refusal())
                .isEqualTo("404 TASK_NOT_FOUND");
    }

    @Test
    void removedNodesTasksAreCancelledAndTheNodeMayComeBack() {
        UUID node = fleet.node("gpu-1", agent, ROOM);
        Api.Reply task = fleet.pull(node, MODEL);

        assertThat(fleet.api().delete("/api/agents/" + node).status()).isEqualTo(204);

        assertThat(status(task)).isEqualTo("cancelled");
        assertThat(fleet.api().get("/api/agents/" + node).refusal())
                .isEqualTo("404 AGENT_NOT_FOUND");
        assertThat(fleet.heartbeat(node, "\"disk_free\":1").refusal())
                .isEqualTo("404 AGENT_NOT_FOUND");
        assertThat(fleet.api().delete("/api/agents/" + node).refusal())
                .isEqualTo("404 AGENT_NOT_FOUND");
        assertThat(act(task.text("task_id"), "retry").refusal()).isEqualTo("404 AGENT_NOT_FOUND");
        assertThat(fleet.node("gpu-1", agent, ROOM)).isNotEqualTo(node);
    }

    @Test
    void removalOfAModelIsATaskToo() {
        UUID node = fleet.node("gpu-1", agent, ROOM);
        String path = "/api/agents/" + node + "/models/";
        assertThat(fleet.api().delete(path + MODEL).refusal()).isEqualTo("404 MODEL_NOT_INSTALLED");
        holds(node, "hf.co/bartowski/llama:q4_k_m");

        Api.Reply reply = fleet.api().delete(path + "hf.co/bartowski/llama:q4_k_m");
        assertThat(reply.status()).isEqualTo(202);
        assertThat(fleet.task(reply.text("task_id")).path("kind").asText()).isEqualTo("remove");
        assertThat(fleet.api().delete(path + "hf.co%2Fbartowski%2Fllama:q4_k_m").text("task_id"))
                .as("an encoded slash is a slash")
                .isEqualTo(reply.text("task_id"));
        await().until(() -> agent.orders().getFirst().path().equals("/remove"));

        report(reply.text("task_id"), "{\"status\":\"completed\"}");
        assertThat(fleet.api().get("/api/agents/" + node + "/models").json()).isEmpty();
        fleet.leave(node);
        assertThat(fleet.api().delete(path + MODEL).refusal()).isEqualTo("404 MODEL_NOT_INSTALLED");
    }

    private static Api.Reply act(String task, String action) {
        return fleet.api().post("/api/tasks/" + task + "/" + action, "");
    }

    private static void report(String task, String json) {
        assertThat(fleet.api().post("/api/tasks/" + task + "/progress", json).status())
                .isEqualTo(200);
    }

    private static String status(Api.Reply created) {
        return fleet.task(created.text("task_id")).path("status").asText();
    }

    private static Api.Reply specific(String model, UUID... nodes) {
        String ids =
                Arrays.stream(nodes).map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return fleet.api()
                .post(
                        "/api/models/distribute",
                        "{\"model_name\":\"%s\",\"target\":\"specific\",\"agent_ids\":[%s]}"
                                .formatted(model, ids));
    }

    private static Api.Reply distribute(String target) {
        return fleet.api()
                .post(
                        "/api/models/distribute",
                        "{\"model_name\":\"" + MODEL + "\",\"target\":" + target + "}");
    }

    private static List<String> taskIds(Api.Reply reply) {
        return reply.json().path("task_ids").valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> skipped(Api.Reply reply) {
        return reply.json()
                .path("skipped")
                .valueStream()
                .map(one -> one.path("agent_id").asText() + " " + one.path("code").asText())
                .toList();
    }

    private static int tasksOf(UUID node) {
        return fleet.api().get("/api/tasks?agent_id=" + node).json().path("tasks").size();
    }

    private static void pause(UUID node) {
        fleet.api().put("/api/agents/" + node + "/settings", "{\"schedulable\":false}");
    }

    private static void holds(UUID node, String model) {
        fleet.heartbeat(node, "\"installed_models\":[{\"name\":\"" + model + "\",\"size\":1}]");
    }
}
