package io.modelfleet.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.fleet.SimulatedFleet.FleetSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the quick start, as it is printed there, against a running fleet. */
class QuickStartIT {
    private static final long MEGABYTE = 1_000_000;
    private static final Pattern BASH = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path directory;

    /** What a command printed, and the HTTP status of its last call. */
    private record Output(String text, int status) {
        JsonNode json() throws IOException {
            return Json.mapper().readTree(text);
        }
    }

    @Test
    void everyCommandGivesWhatTheDocumentShows() throws Exception {
        assumeTrue(
                installed("bash") && installed("curl") && installed("jq"),
                "bash, curl and jq are needed");
        try (SimulatedFleet fleet = new SimulatedFleet(spec(), directory)) {
            fleet.start();
            try (Api api = new Api(fleet.url())) {
                await().atMost(PATIENCE)
                        .until(() -> api.get("/api/tasks").body().path("tasks").size() == 4);
                run(fleet, api);
            }
        }
    }

    private void run(SimulatedFleet fleet, Api api) throws Exception {
        List<String> commands = commands();
        SimulatedNode node = fleet.nodes().getFirst();
        SimulatedNode offline = fleet.nodes().getLast();
        String nodeId = node.agentId().orElseThrow().toString();
        String offlineId = offline.agentId().orElseThrow().toString();
        String taskId = taskOf(api, nodeId);
        Shell shell =
                new Shell(
                        Map.of(
                                "http://localhost:8080", fleet.url().toString(),
                                "{task_id}", taskId,
                                "{agent_id}", nodeId,
                                "{offline_agent_id}", offlineId,
                                "123e4567-e89b-12d3-a456-426614174000", nodeId,
                                "234f5678-f90c-23e4-b567-537725285111",
                                        fleet.nodes().get(1).agentId().orElseThrow().toString(),
                                "http://{agent_ip}:11435",
                                        "http://127.0.0.1:" + node.apiPort().orElseThrow()));

        JsonNode task =
                shell.run(only(commands, "curl http://localhost:8080/api/tasks/{task_id}\n"))
                        .json();
        assertThat(task.path("id").asText()).isEqualTo(taskId);
        assertThat(task.path("agent_id").asText()).isEqualTo(nodeId);
        assertThat(task.path("model_name").asText()).isEqualTo("gpt-oss:20b");
        assertThat(fields(task))
                .contains("status", "progress", "download_speed_bps", "created_at", "updated_at");

        Output available =
                shell.run(only(commands, "curl http://localhost:8080/api/models/available\n"));
        assertThat(available.json().path("source").asText()).isEqualTo("ollama_library");
        assertThat(available.json().path("models"))
                .anySatisfy(
                        model -> {
                            assertThat(model.path("name").asText()).isEqualTo("llama3.2:3b");
                            assertThat(model.path("display_name").asText())
                                    .isEqualTo("Llama 3.2 (3B)");
                            assertThat(model.path("description").asText())
                                    .isEqualTo("Meta's Llama 3.2 model, 3 billion parameters");
                            assertThat(model.path("size_gb").isNumber()).isTrue();
                        });

        offline.stopAgent();
        Output pull =
                shell.run(
                        only(
                                commands,
                                "curl -X POST http://localhost:8080/api/agents/{agent_id}/models/pull"));
        assertThat(pull.status()).isEqualTo(202);
        assertThat(fields(pull.json())).containsExactly("task_id");

        Output all = shell.run(only(commands, "\"model_name\": \"mistral:7b\""));
        assertThat(all.status()).isEqualTo(202);
        assertThat(all.json().path("task_ids")).hasSize(3);
        assertThat(all.json().path("skipped").get(0).path("error").asText())
                .isEqualTo("ノード " + offlineId + " はオフラインです");

        Output some = shell.run(only(commands, "\"model_name\": \"phi3:mini\""));
        assertThat(some.json().path("task_ids")).hasSize(2);
        awaitAll(api, all.json(), some.json());

        Output models =
                shell.run(
                        only(
                                commands,
                                "curl http://localhost:8080/api/agents/{agent_id}/models\n"));
        assertThat(models.json().findValuesAsText("name"))
                .contains("gpt-oss:20b", "llama3.2:3b", "mistral:7b", "phi3:mini");
        assertThat(fields(models.json().get(0))).contains("name", "size_gb", "installed_at");

        String matrix = shell.run(only(commands, "for agent_id in")).text();
        assertThat(matrix)
                .contains(
                        "Agent: " + nodeId,
                        "\"gpt-oss:20b\"",
                        "\"mistral:7b\"",
                        "Agent: " + offlineId);

        Output refused = shell.run(only(commands, "{offline_agent_id}"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("error").asText())
                .isEqualTo("ノード " + offlineId + " はオフラインです");

        Output invalid = shell.run(only(commands, "Invalid@Model#Name"));
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(invalid.json().path("error").asText()).isEqualTo("無効なモデル名: Invalid@Model#Name");

        Api.Result full =
                api.post(
                        "/api/agents/" + nodeId + "/models/pull",
                        "{\"model_name\":\"llama3.3:70b\"}");
        assertThat(full.status()).isEqualTo(507);
        assertThat(full.body().path("error").asText())
                .matches("ストレージ容量不足: 必要容量 \\d+\\.\\dGB、空き容量 \\d+\\.\\dGB");

        Output health = shell.run(only(commands, "/health"));
        assertThat(health.json().path("status").asText()).isEqualTo("ok");
        assertThat(health.json().path("coordinator").asText()).isEqualTo("connected");

        Output speed = shell.run(only(commands, "jq '.download_speed_bps'"));
        assertThat(speed.text().strip()).matches("\\d+");
    }

    private static String taskOf(Api api, String agentId) {
        return api.get("/api/tasks?agent_id=" + agentId)
                .body()
                .path("tasks")
                .get(0)
                .path("id")
                .asText();
    }

    private static void awaitAll(Api api, JsonNode... distributions) {
        List<String> ids = new ArrayList<>();
        for (JsonNode distribution : distributions) {
            distribution.path("task_ids").forEach(id -> ids.add(id.asText()));
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(ids)
                                        .allSatisfy(
                                                id ->
                                                        assertThat(
                                                                        api.get("/api/tasks/" + id)
                                                                                .body()
                                                                                .path("status")
                                                                                .asText())
                                                                .isEqualTo("completed")));
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return List.copyOf(new TreeSet<>(names));
    }

    private static List<String> commands() throws IOException {
        try (InputStream stream =
                QuickStartIT.class.getResourceAsStream("/quickstart/quickstart.ja.md")) {
            Matcher blocks =
                    BASH.matcher(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            return blocks.results().map(block -> block.group(1)).toList();
        }
    }

    /** The first command of the document that contains this text. */
    private static String only(List<String> commands, String text) {
        return commands.stream()
                .filter(command -> command.contains(text))
                .findFirst()
                .orElseThrow();
    }

    private static boolean installed(String program) throws Exception {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static FleetSpec spec() {
        return new FleetSpec(
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                Map.of(
                        ModelName.parse("gpt-oss:20b"), 6 * MEGABYTE,
                        ModelName.parse("gpt-oss:7b"), 4 * MEGABYTE,
                        ModelName.parse("gpt-oss:1b"), 2 * MEGABYTE,
                        ModelName.parse("llama3.2:3b"), 3 * MEGABYTE,
                        ModelName.parse("mistral:7b"), 4 * MEGABYTE,
                        ModelName.parse("phi3:mini"), 3 * MEGABYTE,
                        ModelName.parse("llama3.3:70b"), 150 * MEGABYTE),
                100 * MEGABYTE,
                List.of(
                        node("gpu-24gb", 24, 1),
                        node("gpu-12gb-x2", 12, 2),
                        node("gpu-8gb", 8, 1),
                        node("gpu-4gb", 4, 1)));
    }

    private static NodeSpec node(String name, long gigabytes, int gpus) {
        return new NodeSpec(
                name,
                "NVIDIA GeForce RTX 3090",
                gigabytes << 30,
                gpus,
                100 * MEGABYTE,
                10 * MEGABYTE);
    }

    /** Runs the document's commands with its example values replaced by this fleet's. */
    private record Shell(Map<String, String> values) {
        private static final String SHOW_STATUS =
                "set -o pipefail; curl() { command curl --silent --show-error --max-time 20"
                        + " --write-out '%{stderr}status=%{http_code}\\n' \"$@\"; }\n";
        private static final Pattern STATUS = Pattern.compile("status=(\\d{3})");

        Output run(String command) throws Exception {
            String text = command;
            // The longest first, because {agent_id} is a part of {offline_agent_id}'s braces' text.
            for (String key :
                    values.keySet().stream().sorted((a, b) -> b.length() - a.length()).toList()) {
                text = text.replace(key, values.get(key));
            }
            Process process = new ProcessBuilder("bash", "-c", SHOW_STATUS + text).start();
            process.getOutputStream().close();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s%n%s%n%s", text, out, err).isZero();
            List<String> statuses =
                    STATUS.matcher(err).results().map(match -> match.group(1)).toList();
            return new Output(out, Integer.parseInt(statuses.getLast()));
        }
    }
}
