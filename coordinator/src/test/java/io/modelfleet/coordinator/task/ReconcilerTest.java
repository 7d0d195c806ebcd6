package io.modelfleet.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.node.NodeSettings;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private final TaskRoom room = new TaskRoom();
    private final UUID node = room.node();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void answerListsTheNodesOpenTasksOldestFirstWithWhatTheyConsistOf() {
        room.registry.serve("llama3.2:3b", 5000);
        room.admission.size(TaskRoom.MODEL);
        UUID first = room.pull(node);
        room.clock.advance(Duration.ofSeconds(1));
        UUID second = room.create(node, TaskKind.REMOVE, ModelName.parse("phi4"), null).id();

        List<TaskOrder> orders = room.heartbeat(node, List.of());

        assertThat(orders).extracting(TaskOrder::taskId).containsExactly(first, second);
        assertThat(orders.getFirst().kind()).isEqualTo(TaskKind.PULL);
        assertThat(orders.getFirst().blobs()).hasSize(2);
        assertThat(orders.getLast().kind()).isEqualTo(TaskKind.REMOVE);
    }

    @Test
    void pendingTaskThatTheAgentKnowsIsQueued() {
        UUID task = room.pull(node);
        room.heartbeat(node, List.of());

        room.nextHeartbeat(node, List.of(task));

        assertThat(room.status(task)).isEqualTo(TaskStatus.QUEUED);
        assertThat(room.board.require(task).attempt()).isEqualTo(1);
    }

    @Test
    void whatTheAgentIsAtWorkOnGoesOnThoughThereIsNoMoreRoomForIt() {
        UUID task = room.create(node, TaskKind.PULL, TaskRoom.MODEL, 60L).id();

        assertThat(room.heartbeat(node, List.of(), 55L)).isEmpty();
        assertThat(room.nextHeartbeat(node, List.of(task)))
                .extracting(TaskOrder::taskId)
                .containsExactly(task);

        assertThat(room.status(task)).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void taskThatTheAgentLostIsHandedOutAgainAndKeepsItsProgress() {
        UUID task = room.pull(node);
        room.heartbeat(node, List.of());
        room.report(task, 0.4, TaskStatus.DOWNLOADING);

        assertThat(room.nextHeartbeat(node, List.of()))
                .extracting(TaskOrder::taskId)
                .containsExactly(task);

        assertThat(room.status(task)).isEqualTo(TaskStatus.PENDING);
        assertThat(room.board.require(task).attempt()).isEqualTo(2);
        assertThat(room.board.require(task).transfer().progress()).isEqualTo(0.4);
    }

    @Test
    void clockThatWasSetBackKeepsNoLostTaskWaiting() {
        UUID task = room.pushed(node, TaskKind.PULL);
        Waiting.until(() -> room.status(task) == TaskStatus.QUEUED);
        Waiting.until(() -> !room.dispatcher.underWay(task));
        room.report(task, 0.1, TaskStatus.DOWNLOADING);
        room.clock.jump(Duration.ofHours(-1));

        assertThat(room.heartbeat(node, List.of()))
                .extracting(TaskOrder::taskId)
                .containsExactly(task);
        room.board.stopStaleSpeeds();

        assertThat(room.board.require(task).attempt()).isEqualTo(2);
        assertThat(room.board.require(task).transfer().speed()).isZero();
    }

    @Test
    void taskThatWasJustPushedIsNotCountedAsLost() {
        UUID task = room.pushed(node, TaskKind.PULL);
        Waiting.until(
                () -> room.status(task) == TaskStatus.QUEUED && !room.dispatcher.underWay(task));

        room.clock.advance(TaskRoom.INTERVAL.minusMillis(1));
        room.heartbeat(node, List.of());
        assertThat(room.status(task)).isEqualTo(TaskStatus.QUEUED);
        assertThat(room.board.require(task).attempt()).isEqualTo(1);

        room.clock.advance(Duration.ofMillis(1));
        room.heartbeat(node, List.of());
        assertThat(room.status(task)).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void taskThatIsLostFiveTimesFailsWithTheLastCause() {
        UUID task = room.pull(node);
        room.heartbeat(node, List.of());
        room.board.change(
                task,
                (old, now) ->
                        old.with(
                                new TaskState.Cause(
                                        "connection refused", ErrorCode.AGENT_UNREACHABLE),
                                now));

        for (int attempt = 2; attempt <= 5; attempt++) {
            room.nextHeartbeat(node, List.of());
            assertThat(room.board.require(task).attempt()).isEqualTo(attempt);
            assertThat(room.board.require(task).active()).isTrue();
        }
        assertThat(room.nextHeartbeat(node, List.of())).isEmpty();

        TaskState failed = room.board.require(task);
        assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(failed.cause())
                .isEqualTo(new TaskState.Cause("connection refused", ErrorCode.AGENT_UNREACHABLE));
    }

    @Test
    void taskThatNobodyEverConfirmedSaysSo() {
        UUID task = room.pull(node);
        for (int i = 0; i < 6; i++) {
            room.nextHeartbeat(node, List.of());
        }

        assertThat(room.board.require(task).cause())
                .extracting(TaskState.Cause::text)
                .asString()
                .contains("never confirmed");
    }

    @Test
    void cancelledTaskIsNoLongerListed() {
        UUID task = room.pull(node);
        room.heartbeat(node, List.of());
        room.board.change(task, (old, now) -> old.to(TaskStatus.CANCELLED, now));

        assertThat(room.nextHeartbeat(node, List.of(task))).isEmpty();
    }

    @Test
    void taskOfAPausedNodeIsHeldUntilItMayGetWork() {
        schedulable(false);
        UUID task = room.pushed(node, TaskKind.PULL);

        assertThat(room.heartbeat(node, List.of())).isEmpty();
        assertThat(room.agent.orders()).isEmpty();
        assertThat(room.board.require(task).attempt()).isZero();

        schedulable(true);
        assertThat(room.nextHeartbeat(node, List.of())).hasSize(1);
    }

    @Test
    void taskOfAFullNodeIsHeldUntilThereIsRoom() {
        room.heartbeat(node, List.of(), 5_000L);
        UUID running = room.create(node, TaskKind.PULL, ModelName.parse("a:1b"), 3_000L).id();
        UUID waiting = room.create(node, TaskKind.PULL, ModelName.parse("b:1b"), 3_000L).id();

        assertThat(room.heartbeat(node, List.of()))
                .extracting(TaskOrder::taskId)
                .containsExactly(oldest(running, waiting));

        room.nextHeartbeat(node, List.of(running, waiting));
        room.heartbeat(node, List.of(running, waiting), 6_000L);
        assertThat(room.heartbeat(node, List.of(running, waiting))).hasSize(2);
    }

    @Test
    void removalGoesToAPausedNodeToo() {
        schedulable(false);
        room.create(node, TaskKind.REMOVE, TaskRoom.MODEL, null);

        assertThat(room.heartbeat(node, List.of())).hasSize(1);
    }

    @Test
    void taskOfANodeThatWasOfflineStartsWithItsNextHeartbeat() {
        room.clock.advance(Duration.ofSeconds(21));
        room.nodes.markSilentNodesOffline();
        UUID task = room.pushed(node, TaskKind.PULL);
        assertThat(room.board.require(task).attempt()).isZero();

        assertThat(room.heartbeat(node, List.of()))
                .extracting(TaskOrder::taskId)
                .containsExactly(task);
    }

    private UUID oldest(UUID one, UUID two) {
        return room.board.activeOn(node).getFirst().id().equals(one) ? one : two;
    }

    private void schedulable(boolean wish) {
        room.nodes.changeSettings(
                node, old -> new NodeSettings(old.customName(), old.tags(), old.notes(), wish));
    }
}
