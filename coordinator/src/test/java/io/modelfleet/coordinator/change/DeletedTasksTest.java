package io.modelfleet.coordinator.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.catalog.LoopbackRegistry;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeletedTasksTest {
    @Test
    void aTaskThatHousekeepingTookIsGoneFromEveryAnswer(@TempDir Path folder) {
        try (Fleet fleet = new Fleet(folder, Fleet.OFF);
                StubAgent agent = new StubAgent()) {
            fleet.registry().answerAll(LoopbackRegistry.status(500));
            UUID node = fleet.node("gpu-1", agent, 1_000_000_000_000L);
            String old = fleet.pull(node, "a:1b").text("task_id");
            fleet.api().post("/api/tasks/" + old + "/progress", "{\"progress\":1}");
            fleet.clock().advance(Duration.ofDays(31));
            String young = fleet.pull(node, "b:1b").text("task_id");

            // Housekeeping begins with the start.
            fleet.restart();
            Awaitility.await().until(() -> fleet.api().get("/api/tasks/" + old).status() == 404);

            JsonNode everything = fleet.api().get("/api/changes?since=0").json();
            assertThat(everything.path("tasks").findValuesAsText("id")).containsExactly(young);
            assertThat(fleet.api().get("/api/tasks").json().path("tasks").findValuesAsText("id"))
                    .containsExactly(young);
            assertThat(fleet.api().post("/api/tasks/" + old + "/retry", "{}").refusal())
                    .isEqualTo("404 TASK_NOT_FOUND");
        }
    }
}
