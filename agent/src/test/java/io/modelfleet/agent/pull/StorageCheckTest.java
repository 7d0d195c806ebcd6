package io.modelfleet.agent.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.agent.ollama.OllamaClient;
import io.modelfleet.agent.standin.HandClock;
import io.modelfleet.agent.standin.HandWorks;
import io.modelfleet.agent.standin.StandInOllama;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {
    private static final Digest WEIGHTS = new Digest("a".repeat(64));
    private static final Digest CONFIG = new Digest("b".repeat(64));
    private static final long GB = 1_000_000_000;

    @TempDir private Path directory;
    private final StandInOllama ollama = new StandInOllama();
    private final OllamaClient client = new OllamaClient(ollama.url());
    private Path blobs;

    @BeforeEach
    void makeStore() throws IOException {
        blobs = Files.createDirectories(directory.resolve("models/blobs"));
    }

    @AfterEach
    void stop() {
        client.close();
        ollama.close();
    }

    private StorageCheck check(boolean readable, long free) {
        BlobStore store = new BlobStore(readable ? directory.resolve("models") : null);
        return new StorageCheck(store, () -> Optional.of(new StoreSpace(100 * GB, free)), client);
    }

    private NodeTask task(String model, Blob... wanted) {
        TaskQueue queue =
                new TaskQueue(
                        new Journal(directory, new HandClock()),
                        new HandWorks(),
                        1,
                        report -> {},
                        new HandClock(),
                        "test");
        TaskOrder order =
                new TaskOrder(
                        UUID.randomUUID(), null, ModelName.parse(model), null, List.of(wanted));
        return new NodeTask(queue, order, TaskKind.PULL, new HandClock());
    }

    private void hold(Digest digest, String suffix, long size) throws IOException {
        Path file = blobs.resolve("sha256-" + digest.hex() + suffix);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
    }

    @Test
    void tooLittleIsRefusedInTheContractsWords() {
        NodeTask task = task("big", new Blob(WEIGHTS, 12_500_000_000L));
        assertThat(check(true, 8_200_000_000L).refusal(task, List.of()))
                .map(FleetException::getMessage)
                .hasValue("insufficient storage: 12.5GB required, 8.2GB free");
        assertThat(check(true, 12_500_000_000L).refusal(task, List.of())).isEmpty();
    }

    @Test
    void blobsThatAreThereWithTheRightSizeAreNotNeeded() throws IOException {
        hold(WEIGHTS, "", 2 * GB);
        hold(CONFIG, "", 5);
        NodeTask task = task("big", new Blob(WEIGHTS, 2 * GB), new Blob(CONFIG, GB));
        assertThat(check(true, GB).refusal(task, List.of())).isEmpty();
        assertThat(check(true, GB - 1).refusal(task, List.of())).isPresent();
    }

    @Test
    void partsOfAnInterruptedDownloadCountAndTheirSparseFileDoesNot() throws IOException {
        hold(WEIGHTS, "-partial", 3 * GB);
        Files.writeString(
                blobs.resolve("sha256-" + WEIGHTS.hex() + "-partial-0"),
                "{\"N\":0,\"Offset\":0,\"Size\":2000000000,\"Completed\":1500000000}");
        Files.writeString(
                blobs.resolve("sha256-" + WEIGHTS.hex() + "-partial-1"),
                "{\"N\":1,\"Offset\":2000000000,\"Size\":1000000000,\"Completed\":500000000}");
        Files.writeString(blobs.resolve("sha256-" + WEIGHTS.hex() + "-partial-2"), "{\"N\":");
        NodeTask task = task("big", new Blob(WEIGHTS, 3 * GB));
        assertThat(check(true, GB).refusal(task, List.of())).isEmpty();
        assertThat(check(true, GB - 1).refusal(task, List.of())).isPresent();
    }

    @Test
    void whatRunningPullsStillNeedIsNotFree() {
        NodeTask first = task("first", new Blob(WEIGHTS, 6 * GB));
        NodeTask second = task("second", new Blob(CONFIG, 5 * GB));
        assertThat(check(true, 10 * GB).refusal(second, List.of())).isEmpty();
        assertThat(check(true, 10 * GB).refusal(second, List.of(first)))
                .map(FleetException::getMessage)
                .hasValue("insufficient storage: 5.0GB required, 4.0GB free");
    }

    @Test
    void installedModelIsNotRefusedWhenTheStoreCannotBeRead() {
        NodeTask task = task("held:1b", new Blob(WEIGHTS, 6 * GB));
        assertThat(check(false, GB).refusal(task, List.of())).isPresent();
        ollama.install("held:1b");
        assertThat(check(false, GB).refusal(task, List.of())).isEmpty();
    }

    @Test
    void nothingIsRefusedWhileSizesOrTheDiskAreUnknown() {
        NodeTask unknown = task("unknown");
        assertThat(check(true, 0).refusal(unknown, List.of())).isEmpty();
        StorageCheck blind = new StorageCheck(new BlobStore(null), Optional::empty, client);
        assertThat(blind.refusal(task("big", new Blob(WEIGHTS, GB)), List.of())).isEmpty();
    }
}
