package io.modelfleet.console.matrix;

import static io.modelfleet.console.matrix.MatrixFleet.GB;
import static io.modelfleet.console.testing.Fleets.NOW;
import static io.modelfleet.console.testing.Fleets.gpu;
import static io.modelfleet.console.testing.Fleets.model;
import static io.modelfleet.console.testing.Fleets.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.matrix.Cell.Kind;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTest {
    private static final String NAME = "mistral:7b";
    private static final NodeModel HELD = model(NAME, 4.4);
    private static final Instant LONG_AFTER = NOW.plusSeconds(3600);

    private static ModelColumn column(long size) {
        return ModelColumn.of(ModelName.parse(NAME), HELD.digest(), size, 1, 1);
    }

    private static Kind kind(@Nullable NodeModel held, @Nullable Task task, Instant now) {
        return Cell.of(MatrixFleet.node("gpu-01"), column(4 * GB), held, task, now).kind();
    }

    private static Kind kind(Agent node, long size) {
        return Cell.of(node, column(size), null, null, NOW).kind();
    }

    private static Agent small(long diskFree) {
        return MatrixFleet.node(
                "small",
                null,
                Presence.ONLINE,
                diskFree,
                List.of(),
                gpu("NVIDIA GeForce RTX 3060", 12, 0, 0, 30));
    }

    @Test
    void sameBytesAsTheNewestAreInstalledOthersAreOld() {
        assertThat(kind(HELD, null, NOW)).isEqualTo(Kind.INSTALLED);
        NodeModel other = MatrixFleet.version(NAME, 4.1, "other bytes", MatrixFleet.before());
        assertThat(kind(other, null, NOW)).isEqualTo(Kind.OLD);
    }

    @Test
    void whatANodeDoesNotHoldIsAbsent() {
        assertThat(kind(null, null, NOW)).isEqualTo(Kind.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, QUEUED",
        "QUEUED, QUEUED",
        "DOWNLOADING, DOWNLOADING",
        "VERIFYING, VERIFYING",
        "FAILED, FAILED",
        "CANCELLED, ABSENT"
    })
    void anAbsentModelShowsItsTask(TaskStatus status, Kind kind) {
        assertThat(kind(null, task("gpu-01", NAME, status, .4), NOW)).isEqualTo(kind);
    }

    @Test
    void anUpdateShowsItsTaskThoughTheModelIsThere() {
        Cell cell =
                Cell.of(
                        MatrixFleet.node("gpu-01"),
                        column(GB),
                        HELD,
                        task("gpu-01", NAME, TaskStatus.DOWNLOADING, .45),
                        NOW);
        assertThat(cell.kind()).isEqualTo(Kind.DOWNLOADING);
        assertThat(cell.progress()).isEqualTo(.45);
        assertThat(cell.held()).isEqualTo(HELD);
    }

    @Test
    void aRemovalUnderWayIsNoDownload() {
        Task removal = MatrixFleet.removal("gpu-01", NAME, TaskStatus.QUEUED);
        assertThat(kind(HELD, removal, NOW)).isEqualTo(Kind.REMOVING);
    }

    @Test
    void aFailureIsForgottenOnceTheModelIsInstalledAllTheSame() {
        Task failed = task("gpu-01", NAME, TaskStatus.FAILED, .4);
        assertThat(kind(HELD, failed, NOW)).isEqualTo(Kind.FAILED);
        NodeModel later = MatrixFleet.version(NAME, 4.4, NAME, NOW.plusSeconds(60));
        assertThat(kind(later, failed, LONG_AFTER)).isEqualTo(Kind.INSTALLED);
    }

    @Test
    void aFailedRemovalIsForgottenOnceTheModelIsGone() {
        Task failed = MatrixFleet.removal("gpu-01", NAME, TaskStatus.FAILED);
        assertThat(kind(HELD, failed, NOW)).isEqualTo(Kind.FAILED);
        assertThat(kind(null, failed, NOW)).isEqualTo(Kind.ABSENT);
    }

    @Test
    void betweenATasksEndAndTheNodesNextListTheTaskIsBelieved() {
        Task pulled = task("gpu-01", NAME, TaskStatus.COMPLETED, 1);
        assertThat(kind(null, pulled, NOW)).isEqualTo(Kind.INSTALLED);
        assertThat(kind(null, pulled, LONG_AFTER)).isEqualTo(Kind.ABSENT);
        Task removed = MatrixFleet.removal("gpu-01", NAME, TaskStatus.COMPLETED);
        assertThat(kind(HELD, removed, NOW)).isEqualTo(Kind.ABSENT);
        assertThat(kind(HELD, removed, LONG_AFTER)).isEqualTo(Kind.INSTALLED);
    }

    @Test
    void moreBytesThanAllGpusTogetherAreTooMany() {
        assertThat(kind(small(900 * GB), 12 * GB)).isEqualTo(Kind.ABSENT);
        assertThat(kind(small(900 * GB), 13 * GB)).isEqualTo(Kind.TOO_BIG_FOR_GPU);
        GpuDevice gpu = gpu("NVIDIA GeForce RTX 3060", 12, 0, 0, 30);
        Agent two = MatrixFleet.node("two", null, Presence.ONLINE, 900 * GB, List.of(), gpu, gpu);
        assertThat(kind(two, 13 * GB)).isEqualTo(Kind.ABSENT);
    }

    @Test
    void moreBytesThanTheDiskHasLeftAreTooMany() {
        assertThat(kind(small(3 * GB), 4 * GB)).isEqualTo(Kind.TOO_BIG_FOR_DISK);
        assertThat(kind(small(4 * GB), 4 * GB)).isEqualTo(Kind.ABSENT);
    }

    @Test
    void whatAnOfflineNodeLastSaidIsStale() {
        Cell cell = Cell.of(MatrixFleet.offline("gpu-03"), column(GB), HELD, null, NOW);
        assertThat(cell.kind()).isEqualTo(Kind.INSTALLED);
        assertThat(cell.stale()).isTrue();
    }
}
