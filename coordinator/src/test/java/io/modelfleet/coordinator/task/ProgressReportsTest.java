package io.modelfleet.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressReportsTest {
    private final TaskRoom room = new TaskRoom();
    private final UUID node = room.node();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void bytesFollowFromTheProgressWhereTheReportNamesNone() {
        UUID task = room.create(node, TaskKind.PULL, TaskRoom.MODEL, 1000L).id();

        room.report(task, 0.25, null);

        Transfer transfer = room.board.require(task).transfer();
        assertThat(transfer.bytesCompleted()).isEqualTo(250);
        assertThat(transfer.remaining()).isEqualTo(750);
        assertThat(transfer.speed()).isEqualTo(1_000_000);
    }

    @Test
    void completedModelIsInstalledNoLaterThanItsTaskIsShownAsCompleted() {
        UUID task = room.create(node, TaskKind.PULL, TaskRoom.MODEL, 1000L).id();
        room.report(task, null, TaskStatus.VERIFYING);

        room.report(task, null, TaskStatus.COMPLETED);

        assertThat(room.board.require(task).transfer()).isEqualTo(new Transfer(1, 0, 1000L, 1000L));
        assertThat(room.nodes.require(node).installed(TaskRoom.MODEL))
                .map(InstalledModel::size)
                .contains(1000L);
    }

    @Test
    void completedRemovalTakesTheModelAway() {
        room.nodes.installed(node, new InstalledModel(TaskRoom.MODEL, 1L, null, null));
        UUID task = room.create(node, TaskKind.REMOVE, TaskRoom.MODEL, null).id();

        room.report(task, null, TaskStatus.COMPLETED);

        assertThat(room.nodes.require(node).models()).isEmpty();
    }

    @Test
    void failureCarriesTheAgentsCauseWithoutControlCharacters() {
        UUID task = room.pull(node);

        fail(task, "pull model manifest: \u0000file does\u001b[31m not exist\r", null);

        assertThat(room.board.require(task).cause())
                .isEqualTo(
                        new TaskState.Cause(
                                "pull model manifest: \ufffdfile does\ufffd[31m not exist\ufffd",
                                ErrorCode.OLLAMA_ERROR));
        assertThat(room.nodes.require(node).models()).isEmpty();
    }

    @Test
    void failureWithoutACauseSaysThatNoneWasGivenAndAnEndlessOneIsCut() {
        UUID silent = room.pull(node);
        fail(silent, " ", ErrorCode.DISK_FULL);
        UUID endless = room.pull(node);
        fail(endless, "x".repeat(100_000), null);

        assertThat(room.board.require(silent).cause())
                .isEqualTo(new TaskState.Cause("the agent gave no cause", ErrorCode.DISK_FULL));
        assertThat(room.board.require(endless).cause())
                .extracting(cause -> cause.text().length())
                .isEqualTo(2001);
    }

    @Test
    void finishedTaskAnswersThatItIsAndAnUnknownOneThatItIsNot() {
        UUID task = room.pull(node);
        room.board.change(task, (old, now) -> old.to(TaskStatus.CANCELLED, now));

        for (TaskStatus late : List.of(TaskStatus.DOWNLOADING, TaskStatus.COMPLETED)) {
            assertThatThrownBy(() -> room.report(task, 0.5, late))
                    .isInstanceOfSatisfying(
                            FleetException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_FINISHED));
        }
        assertThatThrownBy(() -> room.report(UUID.randomUUID(), 0.5, null))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_NOT_FOUND));
        assertThat(room.status(task)).isEqualTo(TaskStatus.CANCELLED);
        assertThat(room.nodes.require(node).models()).isEmpty();
    }

    @Test
    void agentCannotSendATaskBackToPending() {
        UUID task = room.pull(node);
        room.report(task, 0.5, TaskStatus.DOWNLOADING);

        room.report(task, 0.6, TaskStatus.PENDING);

        assertThat(room.status(task)).isEqualTo(TaskStatus.DOWNLOADING);
    }

    private void fail(UUID task, String error, @Nullable ErrorCode code) {
        room.reports.accept(
                task, new ProgressReport(null, null, TaskStatus.FAILED, null, null, error, code));
    }
}
