package io.modelfleet.coordinator.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
    @TempDir Path folder;
    private final StubAgent agent = new StubAgent();
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

    /** What a reader holds who began with nothing and applied every answer. */
    private final class Reader {
        private final Map<String, JsonNode> agents = new HashMap<>();
        private final Map<String, JsonNode> models = new HashMap<>();
        private final Map<String, JsonNode> tasks = new HashMap<>();
        private long version;
        private int fulls;

        JsonNode ask() {
            JsonNode answer = fleet.api().get("/api/changes?since=" + version).json();
            if (answer.path("full").asBoolean()) {
                fulls++;
                agents.clear();
                models.clear();
                tasks.clear();
            }
            answer.path("agents").forEach(one -> agents.put(one.path("id").asText(), one));
            answer.path("models")
                    .forEach(one -> models.put(one.path("agent_id").asText(), one.path("models")));
            answer.path("tasks").forEach(one -> tasks.put(one.path("id").asText(), one));
            answer.path("removed_agents")
                    .forEach(
                            id -> {
                                agents.remove(id.asText());
                                models.remove(id.asText());
                            });
            version = answer.path("version").asLong();
            return answer;
        }

        void assertHoldsWhatTheOtherCallsTell() {
            Map<String, JsonNode> told = new HashMap<>();
            Map<String, JsonNode> held = new HashMap<>();
            fleet.api()
                    .get("/api/agents")
                    .json()
                    .forEach(
                            one -> {
                                String id = one.path("id").asText();
                                told.put(id, one);
                                held.put(
                                        id,
                                        fleet.api().get("/api/agents/" + id + "/models").json());
                            });
            Map<String, JsonNode> listed = new HashMap<>();
            fleet.api()
                    .get("/api/tasks?limit=500")
                    .json()
                    .path("tasks")
                    .forEach(one -> listed.put(one.path("id").asText(), one));
            assertThat(agents).isEqualTo(told);
            assertThat(models).isEqualTo(held);
            assertThat(tasks).isEqualTo(listed);
        }
    }

    @Test
    void readerWhoAppliesEveryAnswerHoldsWhatTheOtherCallsTell() throws Exception {
        Reader reader = new Reader();
        AtomicInteger working = new AtomicInteger(4);
        List<Thread> operators = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "gpu-" + i;
            operators.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        workOn(name);
                                        working.decrementAndGet();
                                    }));
        }
        do {
            reader.ask();
        } while (working.get() > 0);
        for (Thread operator : operators) {
            operator.join();
        }
        reader.ask();

        reader.assertHoldsWhatTheOtherCallsTell();
        assertThat(reader.fulls).as("only the first answer was everything").isEqualTo(1);
        assertThat(reader.agents).hasSize(4);
        assertThat(reader.tasks).hasSize(32);
    }

    /** Some of everything that can happen to a node, on a node of its own. */
    private void workOn(String name) {
        UUID gone = fleet.register(agent.registration(name + "-gone"));
        UUID node = fleet.register(agent.registration(name));
        for (int i = 0; i < 8; i++) {
            String task = fleet.pull(node, "m" + i).text("task_id");
            fleet.api().post("/api/tasks/" + task + "/progress", "{\"progress\":0.5,\"speed\":10}");
            if (i % 2 == 0) {
                fleet.api().post("/api/tasks/" + task + "/cancel", "");
            } else {
                fleet.api().post("/api/tasks/" + task + "/progress", "{\"progress\":1}");
            }
            fleet.api().put("/api/agents/" + node + "/settings", "{\"notes\":\"round " + i + "\"}");
            fleet.heartbeat(node, "\"cpu_usage\":" + i + ",\"loaded_models\":[\"m1\"]");
        }
        fleet.api().delete("/api/agents/" + gone);
    }

    @Test
    void unchangedFleetCostsAnEmptyAnswerHoweverLargeItIs() {
        Reader reader = new Reader();
        for (int i = 0; i < 20; i++) {
            fleet.register(agent.registration("gpu-" + i));
        }
        reader.ask();
        long version = reader.version;

        Api.Reply answer = fleet.api().get("/api/changes?since=" + version);

        assertThat(answer.json().path("full").asBoolean()).isFalse();
        assertThat(answer.json().path("version").asLong()).isEqualTo(version);
        for (String field : List.of("agents", "removed_agents", "models", "tasks")) {
            assertThat(answer.json().path(field).isArray()).as(field).isTrue();
            assertThat(answer.json().path(field)).as(field).isEmpty();
        }
    }

    @Test
    void oneChangeCostsItselfAlone() {
        Reader reader = new Reader();
        UUID node = fleet.register(agent.registration("gpu-1"));
        fleet.register(agent.registration("gpu-2"));
        reader.ask();

        fleet.api().put("/api/agents/" + node + "/settings", "{\"custom_name\":\"lab\"}");

        JsonNode answer = reader.ask();
        assertThat(answer.path("agents")).hasSize(1);
        assertThat(answer.path("agents").path(0).path("custom_name").asText()).isEqualTo("lab");
        assertThat(answer.path("models")).isEmpty();
        assertThat(answer.path("tasks")).isEmpty();
    }

    @Test
    void restartGivesEverythingAgain() {
        Reader reader = new Reader();
        UUID node = fleet.register(agent.registration("gpu-1"));
        fleet.pull(node, "m1");
        reader.ask();

        fleet.restart();

        assertThat(reader.ask().path("full").asBoolean()).isTrue();
        reader.assertHoldsWhatTheOtherCallsTell();
        assertThat(reader.ask().path("full").asBoolean()).isFalse();
    }

    @Test
    void removedNodeIsToldOnceAndNotWhenItIsBack() {
        Reader reader = new Reader();
        UUID node = fleet.register(agent.registration("gpu-1"));
        reader.ask();

        fleet.api().delete("/api/agents/" + node);
        assertThat(reader.ask().path("removed_agents").path(0).asText()).isEqualTo(node.toString());
        String again = Fleet.text(agent.registration("gpu-1"));
        fleet.register(
                Json.read(
                        again.replaceFirst("\\{", "{\"agent_id\":\"" + node + "\",")
                                .getBytes(UTF_8),
                        Registration.class));

        JsonNode answer = reader.ask();
        assertThat(answer.path("removed_agents")).isEmpty();
        assertThat(answer.path("agents")).hasSize(1);
        reader.assertHoldsWhatTheOtherCallsTell();
    }

    @Test
    void silentNodeBecomesNewsByItself() {
        Reader reader = new Reader();
        fleet.register(agent.registration("gpu-1"));
        reader.ask();

        fleet.clock().advance(Duration.ofSeconds(21));

        await().until(
                        () ->
                                reader.ask()
                                        .path("agents")
                                        .path(0)
                                        .path("status")
                                        .asText()
                                        .equals("offline"));
    }

    @Test
    void versionThatIsNoNumberIsRefusedAndOneThatIsUnknownGivesEverything() {
        assertThat(fleet.api().get("/api/changes?since=yesterday").refusal())
                .isEqualTo("400 INVALID_REQUEST");
        for (String since : List.of("", "?since=", "?since=-5", "?since=9223372036854775807")) {
            assertThat(fleet.api().get("/api/changes" + since).json().path("full").asBoolean())
                    .as(since)
                    .isTrue();
        }
    }
}
