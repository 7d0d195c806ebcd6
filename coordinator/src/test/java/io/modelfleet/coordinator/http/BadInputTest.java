package io.modelfleet.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    private static final String UNKNOWN = "7f1c6a52-0d62-4d3c-9a3e-0d6c2f4b8a11";

    @TempDir static Path folder;
    private static Fleet fleet;
    private static StubAgent agent;
    private static UUID node;
    private static String before;

    @BeforeAll
    static void start() {
        agent = new StubAgent();
        fleet = new Fleet(folder, Fleet.ON);
        node = fleet.register(agent.registration("gpu-1"));
        fleet.api().post("/api/agents/" + node + "/models/pull", "{\"model_name\":\"keep:1b\"}");
        before = fingerprint();
    }

    @AfterAll
    static void stop() {
        fleet.close();
        agent.close();
    }

    @AfterEach
    void nothingIsCreatedOrLost() {
        assertThat(fingerprint()).isEqualTo(before);
    }

    private static String fingerprint() {
        StringBuilder ids = new StringBuilder();
        fleet.api()
                .get("/api/agents")
                .json()
                .forEach(one -> ids.append(one.path("id")).append(one.path("custom_name")));
        ids.append(fleet.api().get("/api/agents/" + node + "/models").body());
        fleet.api()
                .get("/api/tasks?limit=500")
                .json()
                .path("tasks")
                .forEach(
                        one ->
                                ids.append(one.path("id"))
                                        .append(one.path("progress"))
                                        .append(one.path("completed_at")));
        return ids.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"model_name\":}",
                "[]",
                "null",
                "\"text\"",
                "42",
                " ",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "<xml/>",
                "\u0000",
                "{\"model_name\":{}}",
                "{\"model_name\":[\"a\"]}",
                "{\"model_name\":null}",
                "{}"
            })
    void bodyThatIsNotTheExpectedDocumentIsRefusedByEveryCallThatReadsOne(String body) {
        for (String path :
                new String[] {
                    "/api/agents",
                    "/api/health",
                    "/api/models/distribute",
                    "/api/agents/" + node + "/models/pull",
                    "/api/tasks/" + UNKNOWN + "/progress"
                }) {
            assertRefused(fleet.api().post(path, body), "400 INVALID_REQUEST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "42", "\"text\""})
    void settingsThatAreNoObjectAreRefused(String body) {
        assertRefused(
                fleet.api().put("/api/agents/" + node + "/settings", body), "400 INVALID_REQUEST");
    }

    @Test
    void absentBodyIsRefused() {
        for (String path : new String[] {"/api/agents", "/api/health", "/api/models/distribute"}) {
            assertRefused(fleet.api().post(path, ""), "400 INVALID_REQUEST");
            assertRefused(
                    fleet.api().send(fleet.api().request(path).POST(BodyPublishers.noBody())),
                    "400 INVALID_REQUEST");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"machine_name\":5",
                "\"machine_name\":\"\"",
                "\"machine_name\":\"a\\u0000b\"",
                "\"machine_name\":null",
                "\"ip_address\":\"not an address\"",
                "\"ip_address\":\"http://127.0.0.1\"",
                "\"ip_address\":\"127.0.0.1:80\"",
                "\"ip_address\":\":::::\"",
                "\"ip_address\":\"a_b\"",
                "\"ip_address\":\"user@host\"",
                "\"ip_address\":\"..\"",
                "\"ollama_port\":\"11434\"",
                "\"ollama_port\":11434.5",
                "\"ollama_port\":0",
                "\"ollama_port\":65536",
                "\"ollama_port\":99999999999",
                "\"agent_api_port\":-1",
                "\"gpu_devices\":{}",
                "\"gpu_devices\":[null]",
                "\"gpu_devices\":[{}]",
                "\"gpu_devices\":[{\"model\":\"x\",\"memory\":-1}]",
                "\"gpu_devices\":[{\"model\":\"x\",\"count\":0}]",
                "\"gpu_devices\":[{\"model\":\"x\",\"memory\":\"24GB\"}]",
                "\"installed_models\":[null]",
                "\"installed_models\":[{\"name\":\"a\",\"size\":-5}]",
                "\"installed_models\":[{\"size\":5}]",
                "\"installed_models\":[{\"name\":\"a\",\"digest\":\"sha256:xyz\"}]",
                "\"installed_models\":[{\"name\":\"a\",\"installed_at\":\"yesterday\"}]",
                "\"loaded_models\":[null]",
                "\"disk_free\":-1",
                "\"disk_total\":1e400",
                "\"agent_id\":\"gpu-1\"",
                "\"agent_id\":17"
            })
    void impossibleRegistrationIsRefused(String field) {
        String name = field.substring(1, field.indexOf('"', 1));
        String body =
                """
                {"machine_name":"new","ip_address":"127.0.0.1","ollama_port":11434,
                 "gpu_devices":[{"model":"x"}]}"""
                        .replaceFirst("\"" + name + "\":(\\[.*]|[^,}]+)", "\"" + name + "_\":1");

        assertRefused(
                fleet.api().post("/api/agents", "{" + field + "," + body.substring(1)),
                "400 INVALID_REQUEST");
    }

    @Test
    void nodeWithoutGpuIsForbidden() {
        assertRefused(
                fleet.api()
                        .post(
                                "/api/agents",
                                """
                                {"machine_name":"new","ip_address":"127.0.0.1","ollama_port":11434,
                                 "gpu_available":false,"gpu_devices":[]}
                                """),
                "403 GPU_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cpu_usage\":101",
                "\"cpu_usage\":-0.1",
                "\"cpu_usage\":\"12\"",
                "\"cpu_usage\":true",
                "\"gpu_usage\":[1]",
                "\"gpu_memory_used_mb\":-1",
                "\"gpu_memory_used_mb\":9223372036854775807",
                "\"disk_free\":-1",
                "\"loaded_models\":[\"..\"]",
                "\"loaded_models\":[null]",
                "\"loaded_models\":\"a\"",
                "\"installed_models\":[null]",
                "\"gpu_devices\":[null]",
                "\"tasks\":[null]",
                "\"tasks\":[\"x\"]",
                "\"leaving\":\"yes\"",
                "\"instance\":\"first\""
            })
    void impossibleHeartbeatIsRefusedAndLeavesTheNodeAsItIs(String field) {
        String online = fleet.api().get("/api/agents/" + node).text("status");

        Api.Reply reply =
                fleet.api().post("/api/health", "{\"agent_id\":\"" + node + "\"," + field + "}");

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.text("code")).isIn("INVALID_REQUEST", "INVALID_MODEL_NAME");
        assertThat(fleet.api().get("/api/agents/" + node).text("status")).isEqualTo(online);
    }

    @Test
    void heartbeatOfAnUnknownAgentIsToldToRegister() {
        assertRefused(
                fleet.api().post("/api/health", "{\"agent_id\":\"" + UNKNOWN + "\"}"),
                "404 AGENT_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"speed\":1}",
                "{\"progress\":1.5}",
                "{\"progress\":-0.1}",
                "{\"progress\":\"half\"}",
                "{\"progress\":0.5,\"speed\":-1}",
                "{\"progress\":0.5,\"bytes_total\":-1}",
                "{\"progress\":0.5,\"status\":3}",
                "{\"progress\":0.5,\"error_code\":7}"
            })
    void impossibleProgressIsRefused(String body) {
        String task =
                fleet.api().get("/api/tasks?model_name=keep:1b").json().at("/tasks/0/id").asText();

        assertRefused(
                fleet.api().post("/api/tasks/" + task + "/progress", body), "400 INVALID_REQUEST");
    }

    @Test
    void unknownFieldsArePassedOver() {
        assertThat(
                        fleet.api()
                                .post(
                                        "/api/health",
                                        "{\"agent_id\":\"%s\",\"news\":{\"x\":[1]}}"
                                                .formatted(node))
                                .status())
                .isEqualTo(200);
        assertThat(
                        fleet.api()
                                .put("/api/agents/" + node + "/settings", "{\"colour\":\"red\"}")
                                .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/agents/{id}, AGENT_NOT_FOUND",
        "DELETE, /api/agents/{id}, AGENT_NOT_FOUND",
        "GET, /api/agents/{id}/models, AGENT_NOT_FOUND",
        "DELETE, /api/agents/{id}/models/a:1b, AGENT_NOT_FOUND",
        "GET, /api/tasks/{id}, TASK_NOT_FOUND",
        "POST, /api/tasks/{id}/cancel, TASK_NOT_FOUND",
        "POST, /api/tasks/{id}/retry, TASK_NOT_FOUND"
    })
    void unknownIdIsNotFoundAndWhatIsNoIdIsRefused(String method, String path, String code) {
        Api api = fleet.api();
        assertRefused(
                api.send(
                        api.request(path.replace("{id}", UNKNOWN))
                                .method(method, BodyPublishers.noBody())),
                "404 " + code);
        for (String id : new String[] {"1", "gpu-1", UNKNOWN + "0", "%00", "%20", "..%2f.."}) {
            Api.Reply reply =
                    api.send(
                            api.request(path.replace("{id}", id))
                                    .method(method, BodyPublishers.noBody()));
            assertThat(reply.refusal()).as(id).isIn("400 INVALID_REQUEST", "404 NOT_FOUND");
        }
    }

    @Test
    void unknownNodeCannotBeGivenWorkOrSettings() {
        assertRefused(
                fleet.api()
                        .post(
                                "/api/agents/" + UNKNOWN + "/models/pull",
                                "{\"model_name\":\"a:1b\"}"),
                "404 AGENT_NOT_FOUND");
        assertRefused(
                fleet.api().put("/api/agents/" + UNKNOWN + "/settings", "{}"),
                "404 AGENT_NOT_FOUND");
        assertRefused(
                fleet.api().post("/api/tasks/" + UNKNOWN + "/progress", "{\"progress\":0.5}"),
                "404 TASK_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "..",
                "../../etc/passwd",
                "..%2f..",
                "a/../b",
                "a//b",
                "a b",
                "a:b:c",
                "モデル",
                "a\\u0000",
                "a\\n",
                "-a",
                "a:latest-cloud",
                "gpt-oss:120b-cloud"
            })
    void nameThatIsNoModelNameIsRefusedInTheQuickStartsWords(String name) {
        for (String path :
                new String[] {"/api/agents/" + node + "/models/pull", "/api/models/distribute"}) {
            Api.Reply reply =
                    fleet.api().post(path, "{\"model_name\":\"" + name + "\",\"target\":\"all\"}");
            assertRefused(reply, "400 INVALID_MODEL_NAME");
            assertThat(reply.text("error")).startsWith("無効なモデル名: ");
        }
    }

    @Test
    void nameOf300CharactersIsRefusedAndNotRepeatedInFull() {
        String name = "x".repeat(300);
        Api.Reply reply =
                fleet.api()
                        .post(
                                "/api/agents/" + node + "/models/pull",
                                "{\"model_name\":\"" + name + "\"}");

        assertRefused(reply, "400 INVALID_MODEL_NAME");
        assertThat(reply.text("error")).doesNotContain(name);
        assertRefused(
                fleet.api().delete("/api/agents/" + node + "/models/" + name),
                "400 INVALID_MODEL_NAME");
        assertRefused(fleet.api().get("/api/tasks?model_name=" + name), "400 INVALID_MODEL_NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f..",
                "..%2F..%2F..%2Fetc%2Fpasswd",
                "%2e%2e",
                "%2e%2e%2f%2e%2e",
                "..",
                "../../../etc/passwd",
                "a%00b",
                "%00",
                "%5c..%5c",
                "a%0d%0ab",
                "a%20b",
                "%E3%83%A2"
            })
    void pathTricksInAModelsNameReachNothing(String name) {
        Api.Reply reply = fleet.api().delete("/api/agents/" + node + "/models/" + name);

        assertThat(reply.status()).as(reply.body()).isIn(400, 404, 405);
        assertThat(reply.text("code"))
                .isIn("INVALID_MODEL_NAME", "INVALID_REQUEST", "NOT_FOUND", "METHOD_NOT_ALLOWED");
        assertThat(reply.text("error")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/tasks?status=done",
                "/api/tasks?limit=0",
                "/api/tasks?limit=501",
                "/api/tasks?limit=ten",
                "/api/tasks?limit=99999999999999999999",
                "/api/tasks?agent_id=gpu-1",
                "/api/tasks?cursor=garbage",
                "/api/tasks?cursor=%00",
                "/api/tasks?cursor=MTIz",
                "/api/changes?since=1.5"
            })
    void queryThatMakesNoSenseIsRefused(String path) {
        assertRefused(fleet.api().get(path), "400 INVALID_REQUEST");
    }

    private static void assertRefused(Api.Reply reply, String refusal) {
        assertThat(reply.refusal()).as(reply.body()).isEqualTo(refusal);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.text("error")).isNotEmpty();
        assertThat(reply.body()).doesNotContain("io.modelfleet", "java.", "Exception");
    }
}
