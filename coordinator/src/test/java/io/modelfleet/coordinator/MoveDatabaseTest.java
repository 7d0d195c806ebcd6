package io.modelfleet.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelfleet.coordinator.db.DatabaseAddress;
import io.modelfleet.coordinator.db.DatabaseMove;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.CoordinatorProcess;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.Postgres;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.service.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveDatabaseTest {
    @TempDir Path folder;
    private final StubAgent agent = new StubAgent();
    private final DatabaseAddress target = Postgres.shared().database();

    @AfterEach
    void stop() {
        agent.close();
    }

    @Test
    void everythingIsThereAfterTheMoveAndGoesOn() throws IOException {
        List<JsonNode> before;
        String running;
        try (Fleet fleet = new Fleet(folder, Fleet.OFF)) {
            running = use(fleet);
            fleet.restart();
            before = state(fleet);
        }
        byte[] source = Files.readAllBytes(folder.resolve("modelfleet.mv.db"));

        DatabaseMove.Moved moved = new DatabaseMove(folder, target).run();

        assertThat(moved).isEqualTo(new DatabaseMove.Moved(2, 3));
        assertThat(Files.readAllBytes(folder.resolve("modelfleet.mv.db"))).isEqualTo(source);
        try (Fleet fleet = new Fleet(folder.resolve("unused"), Fleet.OFF, target)) {
            assertThat(state(fleet)).isEqualTo(before);
            assertThat(folder.resolve("unused")).doesNotExist();
            report(fleet, running, "{\"progress\":1,\"status\":\"completed\"}");
            fleet.restart();
            assertThat(fleet.task(running).path("status").asText()).isEqualTo("completed");
        }
    }

    /** Two nodes with settings and models; a task that is done, one cancelled, and one half way. */
    private String use(Fleet fleet) {
        UUID first = fleet.register(agent.registration("gpu-1"));
        fleet.register(agent.registration("gpu-2"));
        UUID removed = fleet.register(agent.registration("gpu-3"));
        Api.Reply settings =
                fleet.api()
                        .put(
                                "/api/agents/" + first + "/settings",
                                "{\"custom_name\":\"実験室 'x'\",\"tags\":[\"a\",\"b\"],\"notes\":\"%s\"}"
                                        .formatted("long ".repeat(300)));
        assertThat(settings.status()).isEqualTo(200);
        fleet.heartbeat(first, "\"installed_models\":[{\"name\":\"x:1b\",\"size\":5}]");
        String done = fleet.pull(first, "m:1b").text("task_id");
        report(fleet, done, "{\"progress\":1,\"status\":\"completed\"}");
        String cancelled = fleet.pull(first, "n:1b").text("task_id");
        fleet.api().post("/api/tasks/" + cancelled + "/cancel", "");
        String running = fleet.pull(first, "o:1b").text("task_id");
        await().until(() -> fleet.task(running).path("status").asText().equals("queued"));
        report(fleet, running, "{\"progress\":0.4,\"speed\":100,\"status\":\"downloading\"}");
        assertThat(fleet.api().delete("/api/agents/" + removed).status()).isEqualTo(204);
        return running;
    }

    private static void report(Fleet fleet, String task, String json) {
        assertThat(fleet.api().post("/api/tasks/" + task + "/progress", json).status())
                .isEqualTo(200);
    }

    private static List<JsonNode> state(Fleet fleet) {
        JsonNode agents = fleet.api().get("/api/agents").json();
        Stream<JsonNode> models =
                agents.valueStream()
                        .map(
                                node ->
                                        fleet.api()
                                                .get(
                                                        "/api/agents/"
                                                                + node.path("id").asText()
                                                                + "/models")
                                                .json());
        JsonNode tasks = fleet.api().get("/api/tasks").json();
        for (JsonNode task : tasks.path("tasks")) {
            // On PostgreSQL another coordinator may hear of it, so it counts for some seconds more.
            ((ObjectNode) task).remove(List.of("download_speed_bps", "eta_seconds"));
        }
        return Stream.concat(Stream.of(agents, tasks), models).toList();
    }

    @Test
    void sourceInUseIsRefused() {
        try (CoordinatorProcess running = new CoordinatorProcess(folder, folder.resolve("log"))) {
            assertThat(running.url()).isNotNull();
            assertRefused("if a coordinator uses it, stop that first");
        }
    }

    @Test
    void sourceThatIsNotThereIsRefused() {
        assertRefused("there is no embedded database in " + folder);
    }

    @Test
    void targetThatHoldsAnythingIsRefusedAndKeepsIt() {
        try (Fleet fleet = new Fleet(folder, Fleet.OFF)) {
            fleet.register(agent.registration("gpu-1"));
        }
        try (Fleet fleet = new Fleet(folder, Fleet.OFF, target)) {
            fleet.register(agent.registration("gpu-9"));
        }

        assertRefused("is not empty (1 nodes, 0 tasks); move into a new one");

        try (Fleet fleet = new Fleet(folder, Fleet.OFF, target)) {
            assertThat(fleet.api().get("/api/agents").json().findValuesAsText("machine_name"))
                    .containsExactly("gpu-9");
        }
    }

    private void assertRefused(String words) {
        assertThatThrownBy(() -> new DatabaseMove(folder, target).run())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(words);
    }
}
