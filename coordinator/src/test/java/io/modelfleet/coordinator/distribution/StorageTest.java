package io.modelfleet.coordinator.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.catalog.LoopbackRegistry;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.protocol.Digest;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    private static final long GIGABYTE = 1_000_000_000L;

    @TempDir static Path folder;
    private static Fleet fleet;
    private static int names;
    private final StubAgent agent = new StubAgent();

    @BeforeAll
    static void start() {
        fleet = new Fleet(folder, Fleet.OFF);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @AfterEach
    void closeAgent() {
        agent.close();
    }

    @Test
    void fullNodeIsRefusedInTheQuickStartsWords() {
        fleet.registry().serve("twelve:1b", 12_500_000_000L);
        UUID node = node(8_200_000_000L);

        Api.Reply reply = fleet.pull(node, "twelve:1b");

        assertThat(reply.refusal()).isEqualTo("507 INSUFFICIENT_STORAGE");
        assertThat(reply.text("error")).isEqualTo("ストレージ容量不足: 必要容量 12.5GB、空き容量 8.2GB");
        assertThat(tasksOf(node)).isZero();
    }

    @Test
    void lastByteCounts() {
        fleet.registry().serve("exact:1b", 5 * GIGABYTE);

        assertThat(fleet.pull(node(5 * GIGABYTE - 1), "exact:1b").status()).isEqualTo(507);
        assertThat(fleet.pull(node(5 * GIGABYTE), "exact:1b").status()).isEqualTo(202);
    }

    @Test
    void runningTasksReserveWhatTheyStillNeed() {
        fleet.registry().serve("six:1b", 6 * GIGABYTE);
        fleet.registry().serve("five:1b", 5 * GIGABYTE);
        UUID node = node(10 * GIGABYTE);
        String running = fleet.pull(node, "six:1b").text("task_id");

        Api.Reply refused = fleet.pull(node, "five:1b");
        assertThat(refused.text("error")).endsWith("必要容量 5.0GB、空き容量 4.0GB");

        fleet.api().post("/api/tasks/" + running + "/progress", "{\"progress\":0.5,\"speed\":1}");
        heartbeat(node, running, 7 * GIGABYTE);
        assertThat(fleet.pull(node, "five:1b").text("error")).endsWith("空き容量 4.0GB");

        fleet.api().post("/api/tasks/" + running + "/cancel", "");
        assertThat(fleet.pull(node, "five:1b").status()).isEqualTo(202);
    }

    @Test
    void concurrentWishesNeverPromiseTheSameRoomTwice() throws Exception {
        UUID node = node(10 * GIGABYTE);
        for (int i = 0; i < 8; i++) {
            fleet.registry().serve("crowd" + i + ":1b", 3 * GIGABYTE);
        }
        Thread[] askers = new Thread[8];
        for (int i = 0; i < askers.length; i++) {
            String model = "crowd" + i + ":1b";
            askers[i] = Thread.ofVirtual().start(() -> fleet.pull(node, model));
        }
        for (Thread asker : askers) {
            asker.join();
        }

        assertThat(tasksOf(node)).isEqualTo(3);
    }

    @Test
    void modelThatIsThereInThisVersionNeedsNothingAndReservesNothing() {
        Digest digest = fleet.registry().serve("there:1b", 9 * GIGABYTE);
        fleet.registry().serve("one:1b", GIGABYTE);
        UUID node = node(GIGABYTE);
        holds(node, "there:1b", digest);

        assertThat(fleet.pull(node, "there:1b").status()).isEqualTo(202);
        assertThat(fleet.pull(node, "one:1b").status()).isEqualTo(202);
    }

    @Test
    void modelThatIsThereInAnotherVersionNeedsItsBytesAgain() {
        fleet.registry().serve("moved:1b", 9 * GIGABYTE);
        UUID node = node(GIGABYTE);
        holds(node, "moved:1b", Digest.of("an older manifest".getBytes(UTF_8)));

        assertThat(fleet.pull(node, "moved:1b").status()).isEqualTo(507);
    }

    @Test
    void blobsThatAnInstalledModelSharesAreNotCounted() {
        byte[] base = manifest("base", 9 * GIGABYTE, 1);
        byte[] derived = manifest("base", 9 * GIGABYTE, 2 * GIGABYTE);
        fleet.registry().answer("base:1b", LoopbackRegistry.bytes(200, base));
        fleet.registry().answer("derived:1b", LoopbackRegistry.bytes(200, derived));
        UUID tight = node(2 * GIGABYTE);
        UUID tooTight = node(2 * GIGABYTE - 1);
        fleet.pull(node(20 * GIGABYTE), "base:1b");
        holds(tight, "base:1b", Digest.of(base));
        holds(tooTight, "base:1b", Digest.of(base));

        assertThat(fleet.pull(tight, "derived:1b").status()).isEqualTo(202);
        assertThat(fleet.pull(tooTight, "derived:1b").text("error"))
                .endsWith("必要容量 2.0GB、空き容量 2.0GB");
    }

    @Test
    void sizeOfAModelOutsideTheRegistryIsTakenFromANodeThatHoldsIt() {
        UUID holder = node(GIGABYTE);
        fleet.heartbeat(
                holder, "\"installed_models\":[{\"name\":\"private:1b\",\"size\":4000000000}]");

        assertThat(fleet.pull(node(3 * GIGABYTE), "private:1b").text("error"))
                .endsWith("必要容量 4.0GB、空き容量 3.0GB");
    }

    @Test
    void unknownSizeOrUnknownDiskRefusesNothing() {
        fleet.registry().serve("large:1b", 900 * GIGABYTE);

        assertThat(fleet.pull(node(1), "nobody-knows:1b").status()).isEqualTo(202);
        UUID silent = fleet.register(agent.registration("silent"));
        assertThat(fleet.pull(silent, "large:1b").status()).isEqualTo(202);
    }

    private UUID node(long diskFree) {
        return fleet.node("gpu-" + names++, agent, diskFree);
    }

    private static void heartbeat(UUID node, String task, long diskFree) {
        fleet.api()
                .post(
                        "/api/health",
                        "{\"agent_id\":\"%s\",\"disk_free\":%d,\"tasks\":[\"%s\"]}"
                                .formatted(node, diskFree, task));
    }

    private static void holds(UUID node, String model, Digest digest) {
        fleet.heartbeat(
                node,
                "\"installed_models\":[{\"name\":\"%s\",\"digest\":\"%s\"}]"
                        .formatted(model, digest));
    }

    private static int tasksOf(UUID node) {
        return fleet.api().get("/api/tasks?agent_id=" + node).json().path("tasks").size();
    }

    private static byte[] manifest(String shared, long bytes, long own) {
        return """
               {"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"%s","size":%d},
                          {"mediaType":"application/vnd.ollama.image.params","digest":"%s","size":%d}]}
               """
                .formatted(
                        Digest.of(shared.getBytes(UTF_8)),
                        bytes,
                        Digest.of((shared + own).getBytes(UTF_8)),
                        own)
                .getBytes(UTF_8);
    }
}
