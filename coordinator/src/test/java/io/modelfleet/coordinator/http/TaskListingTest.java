package io.modelfleet.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskListingTest {
    @TempDir static Path folder;
    private static StubAgent agent;
    private static Fleet fleet;
    private static UUID node;
    private static UUID other;

    @BeforeAll
    static void start() {
        agent = new StubAgent();
        fleet = new Fleet(folder, Fleet.OFF);
        node = fleet.register(agent.registration("gpu-1"));
        other = fleet.register(agent.registration("gpu-2"));
        for (int i = 0; i < 12; i++) {
            fleet.pull(node, "m" + i + ":1b");
        }
        String failed = fleet.pull(other, "m3:1b").text("task_id");
        fleet.api()
                .post(
                        "/api/tasks/" + failed + "/progress",
                        "{\"status\":\"failed\",\"error\":\"no space left\",\"error_code\":\"DISK_FULL\"}");
    }

    @AfterAll
    static void stop() {
        fleet.close();
        agent.close();
    }

    @Test
    void cursorWalksThroughTasksOfTheSameMoment() {
        List<String> ids = new ArrayList<>();
        String next = "";
        int pages = 0;
        do {
            JsonNode page = fleet.api().get("/api/tasks?limit=5" + next).json();
            page.path("tasks").forEach(task -> ids.add(task.path("id").asText()));
            next = page.has("next_cursor") ? "&cursor=" + page.path("next_cursor").asText() : "";
            pages++;
        } while (!next.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(ids).hasSize(13).doesNotHaveDuplicates();
    }

    @Test
    void filtersNarrowTheList() {
        assertThat(list("model_name=m3:1b")).hasSize(2);
        assertThat(list("model_name=library/M3:1b&agent_id=" + other)).hasSize(1);
        assertThat(list("agent_id=" + node)).hasSize(12);
        assertThat(list("status=failed,cancelled")).hasSize(1);
        assertThat(list("status=completed")).isEmpty();
        assertThat(list("status=pending,queued&agent_id=" + other)).isEmpty();
    }

    @Test
    void failedTaskTellsWhy() {
        JsonNode task = list("status=failed").path(0);

        assertThat(task.path("error").asText()).isEqualTo("no space left");
        assertThat(task.path("error_code").asText()).isEqualTo("DISK_FULL");
        assertThat(task.path("completed_at").asText()).endsWith("Z");
    }

    private static JsonNode list(String query) {
        Api.Reply reply = fleet.api().get("/api/tasks?" + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().path("tasks");
    }
}
