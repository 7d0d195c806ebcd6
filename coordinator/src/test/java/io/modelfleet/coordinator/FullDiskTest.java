package io.modelfleet.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.CoordinatorProcess;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator whose disk is full refuses in words, reads on, and recovers by itself. */
@Timeout(240)
class FullDiskTest {
    /** Of acknowledged nodes nobody may be missing afterwards. */
    private final Set<String> acknowledged = new HashSet<>();

    @TempDir Path folder;
    private int names;

    @Test
    void diskBelowItsReserveIsRefusedBeforeTheDatabaseMeetsIt() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", disk.toString()))
                .as("only root may mount a small disk; the other test here needs no root")
                .isZero();
        try {
            fillBelowTheReserve(disk);
            survived(disk);
        } finally {
            assertThat(run("umount", "-l", disk.toString())).isZero();
        }
    }

    private void fillBelowTheReserve(Path disk) throws IOException {
        try (CoordinatorProcess coordinator = process(disk);
                Api api = new Api(coordinator.url()).inEnglish()) {
            assertThat(register(api).status()).isEqualTo(200);

            Path ballast = disk.resolve("ballast");
            fill(ballast, 30_000_000);

            refused(api, "has only ", " MB free; make room there");
            readsGoOn(api);
            fill(ballast, Long.MAX_VALUE);
            refused(api, "has only 0 MB free");
            readsGoOn(api);

            Files.delete(ballast);

            recovers(api);
            assertOneLineEach(coordinator);
        }
    }

    /** What H2 meets when another process fills the disk between the look and the write. */
    @Test
    void fullDiskUnderAWriteIsRefusedAndSurvived() throws Exception {
        assumeThat(run("prlimit", "--version")).as("prlimit limits a file's size").isZero();
        Path data = folder.resolve("data");
        try (CoordinatorProcess first = process(data);
                Api api = new Api(first.url())) {
            register(api);
        }
        long size = Files.size(data.resolve("modelfleet.mv.db"));
        try (CoordinatorProcess coordinator = process(data);
                Api api = new Api(coordinator.url()).inEnglish()) {
            limit(coordinator, String.valueOf(size + 8_000));

            await().until(() -> register(api).status() == 503);
            refused(api, "the disk of the coordinator's database is full: ");
            readsGoOn(api);

            limit(coordinator, "unlimited");

            recovers(api);
            assertOneLineEach(coordinator);
        }
        survived(data);
    }

    private CoordinatorProcess process(Path data) {
        return new CoordinatorProcess(data, folder.resolve("log-" + names++));
    }

    private Api.Reply register(Api api) {
        String name = "node-" + names++;
        Api.Reply reply =
                api.post(
                        "/api/agents",
                        Fleet.text(StubAgent.registration(name, 9, "1.0", 24_000_000_000L)));
        if (reply.status() == 200) {
            acknowledged.add(name);
        }
        return reply;
    }

    private void refused(Api api, String... words) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> {
                            Api.Reply reply = register(api);
                            assertThat(reply.status()).isEqualTo(503);
                            assertThat(reply.text("code")).isEqualTo("UNAVAILABLE");
                            assertThat(reply.text("error")).contains(words);
                        });
        Api.Reply ready = api.get("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.text("cause")).isNotEmpty();
        assertThat(api.get("/health/live").status()).isEqualTo(200);
    }

    private void readsGoOn(Api api) {
        assertThat(names(api)).containsAll(acknowledged);
        assertThat(api.get("/api/tasks").status()).isEqualTo(200);
        assertThat(api.get("/api/changes?since=0").status()).isEqualTo(200);
    }

    private void recovers(Api api) {
        await().atMost(Duration.ofSeconds(10)).until(() -> register(api).status() == 200);
        for (int i = 0; i < 20; i++) {
            assertThat(register(api).status()).isEqualTo(200);
        }
        assertThat(api.get("/health/ready").status()).isEqualTo(200);
        assertThat(names(api)).containsAll(acknowledged);
    }

    private void survived(Path data) {
        try (CoordinatorProcess again = process(data);
                Api api = new Api(again.url())) {
            assertThat(names(api)).containsAll(acknowledged);
        }
    }

    private static Set<String> names(Api api) {
        return new HashSet<>(api.get("/api/agents").json().findValuesAsText("machine_name"));
    }

    /** However many calls and passes were refused. */
    private static void assertOneLineEach(CoordinatorProcess coordinator) {
        String log = coordinator.log();
        assertThat(log).doesNotContain("\tat ");
        assertThat(log.lines().filter(line -> line.contains(" ERROR ")).count())
                .as(log)
                .isBetween(1L, 3L);
        assertThat(log).contains("The database works again");
        assertThat(log.lines().count()).as(log).isLessThan(60);
    }

    private static void limit(CoordinatorProcess coordinator, String bytes) throws Exception {
        // The soft limit alone: whoever owns the process may raise it again.
        assertThat(
                        run(
                                "prlimit",
                                "--pid",
                                String.valueOf(coordinator.pid()),
                                "--fsize=" + bytes + ":"))
                .isZero();
    }

    private static void fill(Path file, long bytes) {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < bytes; written += block.length) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException notInstalled) {
            return -1;
        }
    }
}
