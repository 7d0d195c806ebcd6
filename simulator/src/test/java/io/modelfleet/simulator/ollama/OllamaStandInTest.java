package io.modelfleet.simulator.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.registry.RegistryStandIn;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be asked of a real Ollama: full disks, kills, faults and changed rhythms. */
class OllamaStandInTest {
    private static final ModelName DEMO = ModelName.parse("demo:4m");
    private static final long SIZE = 4_000_000;
    private static final PullTiming QUICK =
            PullTiming.LIKE_OLLAMA.withPartSize(500_000).withRetryBase(Duration.ofMillis(10));

    @TempDir private Path directory = Path.of("");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RegistryStandIn registry = new RegistryStandIn();
    private OllamaStandIn ollama =
            new OllamaStandIn(OllamaSettings.of(Path.of("unused"), URI.create("http://x")));
    private OllamaClient client = new OllamaClient(URI.create("http://x"));

    @BeforeEach
    void start() {
        registry.start(0);
        registry.addModel(DEMO, SIZE);
        run(settings -> settings);
    }

    @AfterEach
    void stop() {
        client.close();
        ollama.close();
        registry.close();
    }

    /** Starts a stand-in on the test's folder, in place of the one before. */
    private void run(UnaryOperator<OllamaSettings> change) {
        client.close();
        ollama.close();
        OllamaSettings settings = OllamaSettings.of(directory, registry.url()).withTiming(QUICK);
        ollama = new OllamaStandIn(change.apply(settings), now::get);
        ollama.start(0);
        client = new OllamaClient(ollama.url());
    }

    private Blob weights() {
        return registry.weights(DEMO);
    }

    private void assertInstalled() throws Exception {
        assertThat(client.model(DEMO).path("digest").asText())
                .isEqualTo(registry.manifest(DEMO).digest().hex());
        Path blob = directory.resolve("blobs").resolve("sha256-" + weights().digest().hex());
        assertThat(Digest.of(Files.readAllBytes(blob))).isEqualTo(weights().digest());
        try (var files = Files.list(directory.resolve("blobs"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("-partial"));
        }
    }

    @Test
    void aPoliteStopKeepsWhatEveryPartReceived() throws Exception {
        registry.bandwidth(3_000_000);
        client.pullUntil(DEMO, line -> line.completed() > 1_500_000);
        ollama.close();
        long served = registry.bytesServed(weights().digest());
        registry.bandwidth(50_000_000);

        run(settings -> settings);
        assertThat(client.pull(DEMO).lines().getLast().status()).isEqualTo("success");

        assertInstalled();
        assertThat(served).isGreaterThan(1_500_000);
        assertThat(registry.bytesServed(weights().digest())).isLessThan(SIZE + 1_000_000);
    }

    @Test
    void afterAKillPartsUnderWayStartAgainAndTheDigestIsRight() throws Exception {
        registry.bandwidth(3_000_000);
        CompletableFuture<Void> killed =
                CompletableFuture.runAsync(
                        () -> client.pullUntil(DEMO, line -> line.completed() > 2_500_000));
        await().until(() -> registry.bytesServed(weights().digest()) > 2_600_000);
        ollama.kill();
        killed.handle((nothing, dropped) -> true).get();

        run(settings -> settings);
        PullLine first = client.pullUntil(DEMO, PullLine::isProgress).getLast();
        registry.bandwidth(50_000_000);
        assertThat(first.completed()).as("whole parts survive").isGreaterThan(0);
        assertThat(client.pullPatiently(DEMO).lines().getLast().status()).isEqualTo("success");

        assertInstalled();
        assertThat(registry.bytesServed(weights().digest())).isLessThan(2 * SIZE);
    }

    @Test
    void aRestartFindsInstalledModels() throws Exception {
        client.pull(DEMO);
        long free = ollama.freeDisk();

        run(settings -> settings);

        assertInstalled();
        assertThat(ollama.models()).containsExactly(DEMO);
        assertThat(ollama.freeDisk()).isEqualTo(free);
    }

    @Test
    void aDiskThatFillsEndsInTheRecordedErrorAndAgainTheSame() throws Exception {
        Recording recorded = Recording.of("pull-disk-fills");
        run(settings -> settings.withDisk(2_400_000));

        for (int i = 0; i < 2; i++) {
            var answer = client.pull(DEMO);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo(recorded.answer().contentType());
            assertThat(answer.lines().getFirst().status()).isEqualTo("pulling manifest");
            assertThat(normal(answer.lines().getLast().error()))
                    .isEqualTo(normal(recorded.answer().lines().getLast().error()));
        }
        assertThat(ollama.freeDisk()).isLessThan(1_000);
        assertThat(client.model(DEMO).isMissingNode()).isTrue();
    }

    @Test
    void onAFullDiskAnEmptyPartialFileMakesEveryPullEndWithEofUntilItIsDeleted() throws Exception {
        ModelName other = ModelName.parse("other:1m");
        registry.addModel(other, 1_000_000);
        run(settings -> settings.withDisk(2_400_000));
        client.pull(DEMO);

        String first = client.pull(other).lines().getLast().error();
        String second = client.pull(other).lines().getLast().error();

        assertThat(normal(first)).startsWith("write ").endsWith(": no space left on device");
        assertThat(second).isEqualTo("EOF");

        Path empty = emptyPartial();
        run(settings -> settings);
        assertThat(client.pull(other).lines().getLast().error()).isEqualTo("EOF");
        Files.delete(empty);
        assertThat(client.pull(other).lines().getLast().status()).isEqualTo("success");
    }

    private Path emptyPartial() throws IOException {
        try (var files = Files.list(directory.resolve("blobs"))) {
            return files.filter(file -> file.toFile().length() == 0).findFirst().orElseThrow();
        }
    }

    /** Without digests, and without the folders that differ. */
    private static String normal(String error) {
        return error.replaceAll("[0-9a-f]{64}", "…").replaceAll("write \\S*/blobs/", "write ");
    }

    @Test
    void deletingAModelGivesItsRoomBackButSharedBlobsStay() throws Exception {
        run(settings -> settings.withDisk(20_000_000));
        long before = ollama.freeDisk();
        ModelName other = ModelName.parse("other:1m");
        registry.addModel(other, 1_000_000);
        client.pull(DEMO);
        client.pull(other);
        assertThat(ollama.freeDisk()).isBetween(before - 5_100_000, before - 4_990_000);

        client.delete(DEMO);
        assertThat(client.pull(other).lines().getLast().status()).isEqualTo("success");
        assertThat(registry.requests(registry.manifest(other).blobs().get(1).digest()))
                .isEqualTo(1);

        client.delete(other);
        assertThat(ollama.freeDisk()).isEqualTo(before);
        assertThat(ollama.totalDisk()).isEqualTo(20_000_000);
    }

    @Test
    void aPullThatMeetsADownloadWindingDownGetsContextCanceled() throws Exception {
        run(settings -> settings.withTiming(QUICK.withWindDown(Duration.ofSeconds(2))));
        registry.bandwidth(1_000_000);
        client.pullUntil(DEMO, line -> line.completed() > 100_000);
        AtomicLong before = new AtomicLong(-1);
        await("the download stops")
                .pollInterval(Duration.ofMillis(150))
                .until(() -> before.getAndSet(registry.bytesServed()) == registry.bytesServed());

        var answer = client.pull(DEMO);

        assertThat(answer.lines().getLast().error()).isEqualTo("context canceled");
        registry.bandwidth(50_000_000);
        assertThat(client.pullPatiently(DEMO).lines().getLast().status()).isEqualTo("success");
        assertInstalled();
    }

    @Test
    void aRegistryThatStallsMakesTheFigureGoBackAndThePullGoOnAfterwards() throws Exception {
        PullTiming impatient = QUICK.withStallAfter(Duration.ofMillis(200));
        run(settings -> settings.withTiming(impatient));
        registry.bandwidth(4_000_000);

        var pulled = CompletableFuture.supplyAsync(() -> client.pullUntil(DEMO, this::isEnd));
        await().until(() -> registry.bytesServed(weights().digest()) > 700_000);
        registry.faults().stall();
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        registry.faults().clear();

        List<PullLine> lines = pulled.get();
        assertThat(lines.getLast().status()).isEqualTo("success");
        List<Long> figures =
                lines.stream()
                        .filter(line -> line.total() == weights().size())
                        .map(PullLine::completed)
                        .toList();
        assertThat(figures).isNotEqualTo(figures.stream().sorted().toList());
        assertInstalled();
    }

    private boolean isEnd(PullLine line) {
        return line.status().equals("success") || !line.error().isEmpty();
    }

    @Test
    void aRegistryThatCutsEveryTimeEndsInMaxRetriesExceeded() throws Exception {
        registry.faults().cut(Integer.MAX_VALUE, 0);

        assertThat(client.pull(DEMO).lines().getLast().error())
                .startsWith("max retries exceeded: ");
    }

    @Test
    void aRegistryErrorEndsThePullWithItsStatus() throws Exception {
        registry.faults().fail(1, 503);

        assertThat(client.pull(DEMO).lines().getLast().error())
                .isEqualTo("pull model manifest: 503: simulated fault");
        assertThat(client.pull(DEMO).lines().getLast().status()).isEqualTo("success");
    }

    @Test
    void theNodesOwnBandwidthLimitsAPull() throws Exception {
        run(settings -> settings.withBandwidth(4_000_000));

        long started = System.nanoTime();
        assertThat(client.pull(DEMO).lines().getLast().status()).isEqualTo("success");

        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isGreaterThan(Duration.ofMillis(700));
    }

    @Test
    void verificationMayBeMadeLongAndIsSilent() throws Exception {
        run(settings -> settings.withTiming(QUICK.withVerifyRate(8_000_000)));

        long started = System.nanoTime();
        var lines = client.pull(DEMO).lines();

        assertThat(lines.stream().map(PullLine::status))
                .endsWith("verifying sha256 digest", "writing manifest", "success");
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isGreaterThan(Duration.ofMillis(350));
    }

    @Test
    void faultsOfItsOwnApiComeAndGoOnCommand() throws Exception {
        ollama.faults().fail(1, 500);
        assertThat(client.get("/api/version").status()).isEqualTo(500);
        assertThat(client.get("/api/version").status()).isEqualTo(200);

        ollama.faults().cut(1, 40);
        assertThatThrownBy(() -> client.pull(DEMO)).isInstanceOf(IOException.class);

        ollama.refuse();
        assertThatThrownBy(() -> client.get("/api/version")).isInstanceOf(ConnectException.class);
        ollama.accept();
        assertThat(client.get("/api/version").status()).isEqualTo(200);

        ollama.faults().stall();
        var waiting = CompletableFuture.supplyAsync(() -> unchecked("/api/version"));
        await().during(Duration.ofMillis(150)).until(() -> !waiting.isDone());
        ollama.faults().clear();
        assertThat(waiting.get().status()).isEqualTo(200);
    }

    private OllamaClient.Answer unchecked(String path) {
        try {
            return client.get(path);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void faultsCanBeOrderedOverHttp() throws Exception {
        assertThat(client.call("POST", "/_control", "{\"fault\":\"fail\",\"count\":1}").status())
                .isEqualTo(204);
        assertThat(client.get("/api/tags").status()).isEqualTo(503);
        assertThat(client.call("POST", "/_control", "{\"fault\":\"dance\"}").status())
                .isEqualTo(400);
        assertThat(client.call("POST", "/_control", "nonsense").status()).isEqualTo(400);

        client.call("POST", "/_control", "{\"fault\":\"refuse\",\"millis\":300}");
        await().until(this::refuses);
        await().until(() -> !refuses());

        JsonNode figures = client.get("/_control").json();
        assertThat(figures.path("disk_free").asLong()).isEqualTo(ollama.freeDisk());
    }

    private boolean refuses() throws InterruptedException {
        try {
            return client.get("/").status() != 200;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void loadedModelsAreShownUntilTheirTimeIsOver() throws Exception {
        client.pull(DEMO);
        assertThat(client.get("/api/ps").json().path("models")).isEmpty();

        ollama.load(DEMO);
        JsonNode loaded = client.get("/api/ps").json().path("models").get(0);
        assertThat(loaded.path("name").asText()).isEqualTo("demo:4m");
        assertThat(loaded.path("size_vram").asLong()).isEqualTo(SIZE);
        assertThat(Instant.parse(loaded.path("expires_at").asText()))
                .isEqualTo(Instant.EPOCH.plus(Duration.ofMinutes(5)));

        now.set(Instant.EPOCH.plus(Duration.ofMinutes(6)));
        assertThat(client.get("/api/ps").json().path("models")).isEmpty();
        ollama.load(DEMO);
        ollama.unload(DEMO);
        assertThat(client.get("/api/ps").json().path("models")).isEmpty();
    }

    @Test
    void wrongTypesAreRefusedInGosWords() throws Exception {
        var answer = client.call("POST", "/api/pull", "{\"model\":5}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText())
                .isEqualTo(
                        "json: cannot unmarshal number into Go struct field PullRequest.model of"
                                + " type string");
        assertThat(client.get("/api/nothing").status()).isEqualTo(404);
        assertThat(client.get("/api/nothing").body()).isEqualTo("404 page not found");
    }
}
