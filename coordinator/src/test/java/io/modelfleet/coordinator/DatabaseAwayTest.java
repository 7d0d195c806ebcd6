package io.modelfleet.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.LogLines;
import io.modelfleet.coordinator.fixture.Postgres;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole coordinator while its PostgreSQL is away, and when it is back. */
@Timeout(180)
class DatabaseAwayTest {
    @TempDir Path folder;

    @Test
    void callsAreRefusedInWordsMemoryIsReadAndNothingNeedsARestart() throws Exception {
        try (Postgres server = Postgres.in(folder.resolve("server"));
                Fleet fleet = new Fleet(folder, Fleet.OFF, server.database());
                StubAgent agent = new StubAgent();
                LogLines log = new LogLines()) {
            UUID node = fleet.register(agent.registration("gpu-1"));
            String task = fleet.pull(node, "m:1b").text("task_id");
            await().until(() -> fleet.task(task).path("status").asText().equals("queued"));

            server.stop();

            refused(fleet, agent);
            memoryIsRead(fleet, node, task);
            refusedSoon(fleet);
            // Passes of the loops, each of which has something to write.
            fleet.clock().advance(Duration.ofMinutes(1));
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

            server.start();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> fleet.api().get("/health/ready").status() == 200);
            UUID second = fleet.register(agent.registration("gpu-2"));
            report(fleet, task);
            assertThat(fleet.task(task).path("status").asText()).isEqualTo("completed");
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("does not answer"))
                    .hasSizeLessThan(4);
            assertThat(log.lines()).contains("INFO The database works again");

            fleet.restart();

            assertThat(fleet.api().get("/api/agents").json().findValuesAsText("id"))
                    .containsExactlyInAnyOrder(node.toString(), second.toString());
            assertThat(fleet.task(task).path("status").asText()).isEqualTo("completed");
        }
    }

    private static void refused(Fleet fleet, StubAgent agent) {
        Api.Reply reply = fleet.api().post("/api/agents", Fleet.text(agent.registration("gpu-2")));
        assertThat(reply.refusal()).isEqualTo("503 UNAVAILABLE");
        assertThat(reply.text("error")).startsWith("コーディネーターのデータベースが応答しません: ");
        assertThat(fleet.api().get("/health").status()).isEqualTo(503);
        assertThat(fleet.api().get("/health/live").status()).isEqualTo(200);
        Api.Reply ready = fleet.api().get("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.text("cause")).startsWith("コーディネーターのデータベースが応答しません: ");
    }

    private static void memoryIsRead(Fleet fleet, UUID node, String task) {
        assertThat(fleet.api().get("/api/agents").json()).hasSize(1);
        assertThat(fleet.api().get("/api/agents/" + node + "/models").status()).isEqualTo(200);
        assertThat(fleet.task(task).path("status").asText()).isEqualTo("queued");
        assertThat(
                        fleet.api()
                                .post(
                                        "/api/health",
                                        "{\"agent_id\":\"%s\",\"cpu_usage\":5}".formatted(node))
                                .status())
                .isEqualTo(200);
    }

    /** A hundred callers do not queue for the same long wait each. */
    private static void refusedSoon(Fleet fleet) throws Exception {
        List<Future<Api.Reply>> replies = new ArrayList<>();
        long began = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                String body =
                        Fleet.text(StubAgent.registration("n-" + i, 9, "1.0", 8_000_000_000L));
                replies.add(callers.submit(() -> fleet.api().post("/api/agents", body)));
            }
        }
        for (Future<Api.Reply> reply : replies) {
            assertThat(reply.get().refusal()).isEqualTo("503 UNAVAILABLE");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }

    private static void report(Fleet fleet, String task) {
        assertThat(
                        fleet.api()
                                .post(
                                        "/api/tasks/" + task + "/progress",
                                        "{\"progress\":1,\"status\":\"completed\"}")
                                .status())
                .isEqualTo(200);
    }
}
