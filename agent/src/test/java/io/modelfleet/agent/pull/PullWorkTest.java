package io.modelfleet.agent.pull;

import static io.modelfleet.agent.standin.PullScript.error;
import static io.modelfleet.agent.standin.PullScript.layer;
import static io.modelfleet.agent.standin.PullScript.lines;
import static io.modelfleet.agent.standin.PullScript.manifest;
import static io.modelfleet.agent.standin.PullScript.recorded;
import static io.modelfleet.agent.standin.PullScript.success;
import static io.modelfleet.agent.standin.PullScript.verifying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.agent.ollama.OllamaClient;
import io.modelfleet.agent.standin.LogLines;
import io.modelfleet.agent.standin.PullScript;
import io.modelfleet.agent.standin.StandInOllama;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls and removals through a real queue, against Ollama's recorded and scripted answers. */
class PullWorkTest {
    private static final Digest WEIGHTS = new Digest("a".repeat(64));
    private static final ModelName MODEL = ModelName.parse("demo:40m");

    @TempDir private Path directory;
    private final StandInOllama ollama = new StandInOllama();
    private final OllamaClient client = new OllamaClient(ollama.url());
    private final List<TaskReport> changes = new CopyOnWriteArrayList<>();
    private final LogLines log = LogLines.caught();
    private Optional<StoreSpace> space = Optional.of(new StoreSpace(100_000, 50_000));
    private TaskQueue queue;

    private TaskQueue queue(Path folder) {
        Backoff quick = new Backoff(Duration.ofMillis(2), Duration.ofMillis(5), new Random(1));
        BlobStore store = new BlobStore(null);
        return new TaskQueue(
                new Journal(folder, InstantSource.system()),
                new OllamaWorks(
                        client,
                        new StorageCheck(store, () -> space, client),
                        store,
                        quick,
                        Duration.ofMillis(20)),
                1,
                changes::add,
                InstantSource.system(),
                "t");
    }

    @BeforeEach
    void start() {
        queue = queue(directory);
        queue.start();
    }

    @AfterEach
    void stop() {
        queue.close();
        client.close();
        ollama.close();
        log.close();
    }

    private UUID accept(TaskKind kind) {
        TaskOrder order =
                new TaskOrder(
                        UUID.randomUUID(), null, MODEL, null, List.of(new Blob(WEIGHTS, 10_000)));
        queue.accept(order, kind);
        return order.taskId();
    }

    private TaskReport awaitEnd(UUID id) {
        return await().until(() -> queue.report(id).orElseThrow(), r -> r.status().isFinal());
    }

    private TaskReport pull(PullScript... scripts) {
        for (PullScript script : scripts) {
            ollama.nextPull(script);
        }
        return awaitEnd(accept(TaskKind.PULL));
    }

    private static PullScript fails(String text) {
        return lines(manifest(), error(text));
    }

    @Test
    void recordedPullPassesThroughItsStatusesAndLogsTheQuickStartsLines() {
        TaskReport end = pull(recorded("pull-success"));
        assertThat(end.task().progress()).isEqualTo(1);
        assertThat(changes.stream().map(TaskReport::status))
                .containsExactly(
                        TaskStatus.QUEUED,
                        TaskStatus.DOWNLOADING,
                        TaskStatus.VERIFYING,
                        TaskStatus.COMPLETED);
        assertThat(log.all())
                .containsSubsequence(
                        "INFO Model pull started: model=demo:40m",
                        "INFO Model pull completed: model=demo:40m, task_id=" + end.id());
    }

    @Test
    void unknownModelFailsAtOnce() {
        TaskReport end = pull(recorded("pull-unknown-model"));
        assertThat(end.errorCode()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(ollama.calls()).hasSize(1);
    }

    @Test
    void badNameFailsAtOnce() {
        assertThat(pull(recorded("pull-bad-name")).errorCode())
                .isEqualTo(ErrorCode.INVALID_MODEL_NAME);
        assertThat(ollama.calls()).hasSize(1);
    }

    @Test
    void fullDiskFailsAtOnce() {
        TaskReport end = pull(recorded("pull-disk-fills"));
        assertThat(end.errorCode()).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(end.error()).contains("no space left on device", "free space");
        assertThat(ollama.calls()).hasSize(1);
    }

    @Test
    void wrongDigestIsDownloadedOnceMoreAndProgressDoesNotGoBack() {
        TaskReport end = pull(recorded("pull-digest-mismatch"), recorded("pull-success"));
        assertThat(end.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(changes.stream().map(change -> change.task().progress()).toList()).isSorted();
        assertThat(changes.stream().map(TaskReport::status))
                .containsSubsequence(
                        TaskStatus.VERIFYING, TaskStatus.DOWNLOADING, TaskStatus.COMPLETED);
    }

    @Test
    void wrongDigestTwiceFails() {
        TaskReport end = pull(recorded("pull-digest-mismatch"), recorded("pull-digest-mismatch"));
        assertThat(end.errorCode()).isEqualTo(ErrorCode.DIGEST_MISMATCH);
        assertThat(ollama.calls()).hasSize(2);
    }

    @Test
    void restartOfTheAgentGivesAWrongDigestNoThirdTry() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        ollama.nextPull(recorded("pull-digest-mismatch"));
        ollama.nextPull(PullScript.untilCut(cut, manifest(), layer(WEIGHTS, 10_000, 5_000)));
        UUID id = accept(TaskKind.PULL);
        await().until(() -> ollama.calls().size() == 2);
        queue.close();
        ollama.nextPull(recorded("pull-digest-mismatch"));
        queue = queue(directory);
        queue.start();
        assertThat(awaitEnd(id).errorCode()).isEqualTo(ErrorCode.DIGEST_MISMATCH);
        assertThat(ollama.calls()).hasSize(3);
    }

    @Test
    void restartOfTheAgentTakesNothingFromOllama() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        ollama.nextPull(PullScript.untilCut(cut, manifest(), layer(WEIGHTS, 10_000, 5_000)));
        UUID id = accept(TaskKind.PULL);
        await().until(() -> queue.report(id).orElseThrow().task().progress() == 0.5);
        queue.close();
        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        queue = queue(directory);
        queue.start();
        assertThat(awaitEnd(id).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(ollama.calls()).containsExactly("pull demo:40m", "pull demo:40m");
    }

    @Test
    void silenceThatABigModelsVerificationTakesIsNoStall() {
        assertThat(PullWork.silence(0)).isEqualTo(Duration.ofMinutes(10));
        assertThat(PullWork.silence(65_000_000_000L))
                .isEqualTo(Duration.ofMinutes(10).plusSeconds(1300));
    }

    @Test
    void pullThatStartsWhileTheLastOneIsWindingDownIsTriedAgain() {
        PullScript windingDown = lines(error("context canceled"));
        assertThat(pull(windingDown, windingDown, windingDown, windingDown).status())
                .isEqualTo(TaskStatus.COMPLETED);
        assertThat(ollama.calls()).hasSize(5);
    }

    @Test
    void cancelledContextAndCutStreamsAreTriedAgain() {
        TaskReport end =
                pull(
                        fails("context canceled"),
                        lines(manifest()),
                        lines(manifest(), "{\"sta"),
                        fails("EOF"),
                        lines(manifest(), success()));
        assertThat(end.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(ollama.calls()).hasSize(5);
    }

    @Test
    void registryThatStaysAwayFailsAfterFiveTries() {
        PullScript refused = recorded("pull-registry-refuses");
        TaskReport end = pull(refused, refused, refused, refused, refused);
        assertThat(end.errorCode()).isEqualTo(ErrorCode.REGISTRY_UNREACHABLE);
        assertThat(end.error()).contains("connection refused", "check this node's network");
        assertThat(ollama.calls()).hasSize(5);
    }

    @Test
    void repeatedEndOfFileNamesTheTrapOfAFullDisk() {
        PullScript eof = fails("EOF");
        TaskReport end = pull(eof, eof, eof, eof, eof);
        assertThat(end.errorCode()).isEqualTo(ErrorCode.OLLAMA_ERROR);
        assertThat(end.error()).contains("zero-byte partial file");
    }

    @Test
    void triesThatBringBytesAreNotCounted() {
        PullScript[] scripts = new PullScript[9];
        for (int i = 0; i < 8; i++) {
            scripts[i] =
                    lines(
                            manifest(),
                            layer(WEIGHTS, 10_000, 1_000L * i + 500),
                            layer(WEIGHTS, 10_000, 1_000L * i + 1_000),
                            error("max retries exceeded: connection reset by peer"));
        }
        scripts[8] = lines(manifest(), layer(WEIGHTS, 10_000, 10_000), verifying(), success());
        assertThat(pull(scripts).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(ollama.calls()).hasSize(9);
    }

    @Test
    void tooLittleRoomFailsBeforeAByteMoves() {
        space = Optional.of(new StoreSpace(100_000, 9_999));
        TaskReport end = pull();
        assertThat(end.errorCode()).isEqualTo(ErrorCode.INSUFFICIENT_STORAGE);
        assertThat(end.error()).startsWith("insufficient storage: ");
        assertThat(ollama.calls()).isEmpty();
    }

    @Test
    void cancelClosesTheStream() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        ollama.nextPull(PullScript.untilCut(cut, manifest(), layer(WEIGHTS, 10_000, 5_000)));
        UUID id = accept(TaskKind.PULL);
        await().until(() -> queue.report(id).orElseThrow().task().progress() == 0.5);
        queue.cancel(id);
        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(awaitEnd(id).status()).isEqualTo(TaskStatus.CANCELLED);
    }

    @Test
    void pullWaitsForAnOllamaThatIsNotRunning() {
        int port = ollama.url().getPort();
        ollama.close();
        UUID id = accept(TaskKind.PULL);
        await().until(() -> log.all().stream().anyMatch(line -> line.contains("waits for Ollama")));
        assertThat(queue.report(id).orElseThrow().status()).isEqualTo(TaskStatus.QUEUED);
        try (StandInOllama back = new StandInOllama(port)) {
            assertThat(awaitEnd(id).status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(back.calls()).containsExactly("pull demo:40m");
        }
    }

    @Test
    void removalOfWhatIsAlreadyGoneIsDone() {
        assertThat(awaitEnd(accept(TaskKind.REMOVE)).status()).isEqualTo(TaskStatus.COMPLETED);
        ollama.install("demo:40m");
        assertThat(awaitEnd(accept(TaskKind.REMOVE)).task().progress()).isEqualTo(1);
        assertThat(ollama.calls()).containsExactly("delete demo:40m", "delete demo:40m");
    }

    @Test
    void removalThatOllamaRefusesFailsWithItsWords() {
        ollama.refuseDeletes(500);
        TaskReport end = awaitEnd(accept(TaskKind.REMOVE));
        assertThat(end.errorCode()).isEqualTo(ErrorCode.OLLAMA_ERROR);
        assertThat(ollama.calls()).hasSize(5);
    }
}
