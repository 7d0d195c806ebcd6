package io.modelfleet.simulator.faults;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskHistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final UUID ID = new UUID(0, 1);

    private final TaskHistory history = new TaskHistory("a test");

    @Test
    void progressMayStandStillAndGoOn() {
        history.saw(task(ID, TaskStatus.DOWNLOADING, 0.5, null));
        assertThatCode(
                        () -> {
                            history.saw(task(ID, TaskStatus.PENDING, 0.5, null));
                            history.saw(task(ID, TaskStatus.COMPLETED, 1, null));
                            history.saw(task(ID, TaskStatus.COMPLETED, 1, null));
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void progressThatGoesBackIsAViolation() {
        history.saw(task(ID, TaskStatus.DOWNLOADING, 0.5, null));
        assertThatThrownBy(() -> history.saw(task(ID, TaskStatus.DOWNLOADING, 0.4, null)))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("progress went back");
    }

    @Test
    void aFinalStateThatChangesIsAViolation() {
        history.saw(task(ID, TaskStatus.CANCELLED, 0.5, null));
        assertThatThrownBy(() -> history.saw(task(ID, TaskStatus.COMPLETED, 1, null)))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("final state changed");
    }

    @Test
    void aFailureWithoutAKnownCodeIsAViolation() {
        assertThatThrownBy(() -> history.saw(task(ID, TaskStatus.FAILED, 0.5, "WHATEVER")))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("without a cause");
        assertThatCode(() -> history.saw(task(new UUID(0, 2), TaskStatus.FAILED, 0.5, "DISK_FULL")))
                .doesNotThrowAnyException();
    }

    @Test
    void twoActiveTasksForOneModelOnOneNodeAreAViolation() {
        List<Task> tasks =
                List.of(
                        task(ID, TaskStatus.QUEUED, 0, null),
                        task(new UUID(0, 2), TaskStatus.PENDING, 0, null));
        assertThatThrownBy(() -> history.sawActive(tasks))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("two active tasks");
    }

    private static Task task(
            UUID id, TaskStatus status, double progress, @Nullable String errorCode) {
        return new Task(
                id,
                TaskKind.PULL,
                new UUID(0, 9),
                ModelName.parse("phi3:mini"),
                status,
                progress,
                0,
                (long) (progress * 1000),
                1000L,
                null,
                1,
                errorCode == null ? null : "words",
                errorCode,
                null,
                NOW,
                NOW,
                NOW,
                status.isFinal() ? NOW : null);
    }
}
