package io.modelfleet.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.fleet.SimulatedFleet.FleetSpec;
import io.modelfleet.simulator.ollama.OllamaSettings;
import io.modelfleet.simulator.ollama.OllamaStandIn;
import io.modelfleet.simulator.registry.RegistryStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real coordinator and real agents, and an Ollama that others use too. */
@Timeout(120)
class BehindOurBackTest {
    private static final ModelName MODEL = ModelName.parse("gpt-oss:1b");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private Path directory;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.modelfleet");
    private final Handler lines = new Lines();
    private SimulatedFleet fleet;
    private Api api;

    private final class Lines extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            log.add(line.getLevel() + " " + formatter.formatMessage(line));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    @BeforeEach
    void start() throws Exception {
        logger.addHandler(lines);
        installByHand(directory.resolve("node").resolve("models"));
        fleet =
                new SimulatedFleet(
                        new FleetSpec(
                                0,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(5),
                                Map.of(MODEL, 2_000_000L),
                                100_000_000,
                                List.of(node("node"))),
                        directory);
        fleet.start();
        api = new Api(fleet.url());
        await().atMost(SOON).until(() -> held().size() == 1);
    }

    @AfterEach
    void stop() {
        api.close();
        fleet.close();
        logger.removeHandler(lines);
    }

    private static NodeSpec node(String name) {
        return new NodeSpec(name, "NVIDIA GeForce GTX 1650", 4L << 30, 1, 1L << 30, 100_000_000);
    }

    /** As an operator with Ollama's own command line would. */
    private static void installByHand(Path models) throws Exception {
        try (RegistryStandIn registry = new RegistryStandIn();
                OllamaStandIn ollama = start(models, registry)) {
            ask(ollama.url(), "POST", "/api/pull", "{\"model\":\"gpt-oss:1b\"}");
            assertThat(ollama.models()).containsExactly(MODEL);
        }
    }

    private static OllamaStandIn start(Path models, RegistryStandIn registry) {
        registry.addModel(MODEL, 1_000_000);
        registry.start(0);
        OllamaStandIn ollama = new OllamaStandIn(OllamaSettings.of(models, registry.url()));
        ollama.start(0);
        return ollama;
    }

    private static void ask(URI ollama, String method, String path, String body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> reply =
                    http.send(
                            HttpRequest.newBuilder(URI.create(ollama + path))
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        }
    }

    private URI ollama() {
        return fleet.nodes().getFirst().ollama().url();
    }

    private JsonNode held() {
        String id = api.get("/api/agents").body().path(0).path("id").asText();
        return id.isEmpty()
                ? api.get("/api/agents").body()
                : api.get("/api/agents/" + id + "/models").body();
    }

    private JsonNode tasks() {
        return api.get("/api/tasks").body().path("tasks");
    }

    private String digest() {
        return "sha256:" + fleet.registry().manifest(MODEL).digest().hex();
    }

    @Test
    void modelThatIsDeletedInOllamaComesBackAndAnotherVersionShows() throws Exception {
        assertThat(tasks()).isEmpty();
        ask(ollama(), "DELETE", "/api/delete", "{\"model\":\"gpt-oss:1b\"}");
        await().atMost(SOON).until(() -> tasks().size() == 1);
        await().atMost(SOON)
                .until(() -> tasks().path(0).path("status").asText().equals("completed"));
        assertThat(held().path(0).path("digest").asText()).isEqualTo(digest());
        assertThat(log)
                .anyMatch(line -> line.contains("Model vanished from its node: model=gpt-oss:1b"))
                .contains(
                        "INFO Auto-distribution started: model=gpt-oss:1b, task_id="
                                + tasks().path(0).path("id").asText());

        fleet.registry().updateModel(MODEL);
        ask(ollama(), "POST", "/api/pull", "{\"model\":\"gpt-oss:1b\"}");
        await().atMost(SOON).until(() -> held().path(0).path("digest").asText().equals(digest()));
        assertThat(tasks()).hasSize(1);
    }

    @Test
    void emptyOllamaBehindTheSamePortShowsAndGetsTheModel() throws Exception {
        int port = ollama().getPort();
        fleet.nodes().getFirst().ollama().close();
        try (OllamaStandIn empty =
                new OllamaStandIn(
                        OllamaSettings.of(directory.resolve("empty"), fleet.registry().url()))) {
            empty.start(port);
            await().atMost(SOON).until(() -> tasks().size() == 1);
            await().atMost(SOON)
                    .until(() -> tasks().path(0).path("status").asText().equals("completed"));
            assertThat(empty.models()).containsExactly(MODEL);
            assertThat(held()).hasSize(1);
        }
    }

    @Test
    void whatAFullDiskLeftFailsAtOnceAndSaysWhatToDelete() throws Exception {
        ModelName other = ModelName.parse("other:1m");
        fleet.registry().addModel(other, 1_000_000);
        Path blobs = directory.resolve("node").resolve("models").resolve("blobs");
        String weights = "sha256-" + fleet.registry().weights(other).digest().hex();
        Path empty = Files.createFile(blobs.resolve(weights + "-partial-0"));
        String agent = api.get("/api/agents").body().path(0).path("id").asText();
        String pull = "/api/agents/" + agent + "/models/pull";

        api.post(pull, "{\"model_name\":\"other:1m\"}");
        await().atMost(SOON).until(() -> tasks().path(0).path("status").asText().equals("failed"));
        JsonNode failed = tasks().path(0);
        assertThat(failed.path("error").asText())
                .contains(empty.toString(), "delete " + blobs.resolve(weights) + "-partial*");

        Files.delete(empty);
        api.post("/api/tasks/" + failed.path("id").asText() + "/retry", "");
        await().atMost(SOON)
                .until(() -> tasks().path(0).path("status").asText().equals("completed"));
    }

    @Test
    void copyOfAnAgentIsRefusedOnBothSidesAndPullsNothing() throws IOException {
        String id = api.get("/api/agents").body().path(0).path("id").asText();
        Path data = Files.createDirectories(directory.resolve("copy").resolve("agent"));
        Files.copy(
                directory.resolve("node").resolve("agent").resolve("agent-id"),
                data.resolve("agent-id"));
        try (SimulatedNode copy =
                new SimulatedNode(
                        node("copy"),
                        fleet.url(),
                        fleet.registry().url(),
                        directory.resolve("copy"),
                        Duration.ofMillis(500))) {
            copy.start();
            await().atMost(SOON)
                    .until(
                            () ->
                                    log.stream()
                                                    .filter(line -> line.startsWith("SEVERE Agent"))
                                                    .filter(line -> line.contains(id))
                                                    .count()
                                            == 2);
            int port = copy.apiPort().orElseThrow();
            try (Api agent = new Api(URI.create("http://127.0.0.1:" + port))) {
                assertThat(agent.get("/health").body().path("coordinator").asText())
                        .isEqualTo("refused");
                assertThat(agent.get("/health").body().path("error").asText())
                        .contains(id, "127.0.0.1:" + port, "agent-id");
            }
            assertThat(copy.ollama().models()).isEmpty();
            assertThat(api.get("/api/agents").body()).hasSize(1);
            assertThat(api.get("/api/agents").body().path(0).path("machine_name").asText())
                    .isEqualTo("node");
        }
        assertThat(api.get("/api/agents").body().path(0).path("status").asText())
                .isEqualTo("online");
    }
}
