package io.modelfleet.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.fleet.RealProcesses.Victim;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes, killed in the middle of a download. */
class KilledProcessIT {
    private static final ModelName MODEL = ModelName.parse("gpt-oss:20b");
    private static final long SIZE = 30_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void killedInTheMiddleOfADownloadAndStartedAgainEndsWithTheModelInstalled(Victim victim)
            throws Exception {
        try (RealProcesses fleet = new RealProcesses(directory, MODEL, SIZE);
                Api api = new Api(fleet.coordinatorUrl());
                Api ollama = new Api(fleet.ollamaUrl())) {
            await().atMost(PATIENCE).until(() -> progress(api) > 0.2);
            double before = progress(api);
            assertThat(before).isLessThan(1);
            fleet.kill(victim);
            fleet.startAgain(victim);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(task(api).path("status").asText())
                                            .isEqualTo("completed"));
            assertThat(api.get("/api/tasks").body().path("tasks")).hasSize(1);
            String digest = fleet.registry().manifest(MODEL).digest().hex();
            assertThat(ollama.get("/api/tags").body().findValuesAsText("digest"))
                    .containsExactly(digest);
            String agentId = task(api).path("agent_id").asText();
            assertThat(
                            api.get("/api/agents/" + agentId + "/models")
                                    .body()
                                    .get(0)
                                    .path("digest")
                                    .asText())
                    .isEqualTo("sha256:" + digest);
        }
    }

    @Test
    void theLogsShowTheQuickStartsLinesAndAPoliteStopShowsAtOnce() throws Exception {
        try (RealProcesses fleet = new RealProcesses(directory, MODEL, 2_000_000);
                Api api = new Api(fleet.coordinatorUrl())) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(task(api).path("status").asText())
                                            .isEqualTo("completed"));
            String task = task(api).path("id").asText();
            String agent = task(api).path("agent_id").asText();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(fleet.agent().output())
                                            .contains(
                                                    "INFO GPU detected: model=NVIDIA GeForce RTX 3090, memory=24GB\n",
                                                    "INFO Agent registration successful: agent_id="
                                                            + agent
                                                            + "\n",
                                                    "INFO Auto-distribution started: model=gpt-oss:20b, task_id="
                                                            + task
                                                            + "\n",
                                                    "INFO Model pull started: model=gpt-oss:20b\n",
                                                    "INFO Model pull completed: model=gpt-oss:20b, task_id="
                                                            + task
                                                            + "\n"));
            assertThat(fleet.coordinator().output())
                    .contains(
                            "INFO Auto-distribution started: model=gpt-oss:20b, task_id="
                                    + task
                                    + "\n",
                            "INFO Task completed: task_id=" + task + "\n");
            fleet.agent().close();
            assertThat(api.get("/api/agents/" + agent).body().path("status").asText())
                    .isEqualTo("offline");
        }
    }

    private static JsonNode task(Api api) {
        return api.get("/api/tasks").body().path("tasks").path(0);
    }

    private static double progress(Api api) {
        return task(api).path("progress").asDouble();
    }
}
