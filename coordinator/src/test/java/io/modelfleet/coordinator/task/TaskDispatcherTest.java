package io.modelfleet.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.fixture.LogLines;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskDispatcherTest {
    private final TaskRoom room = new TaskRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void acceptedTaskIsQueued() {
        UUID task = room.pushed(room.node(), TaskKind.PULL);

        Waiting.until(() -> room.status(task) == TaskStatus.QUEUED);

        StubAgent.Order order = room.agent.orders().getFirst();
        assertThat(order.method() + " " + order.path()).isEqualTo("POST /pull");
        assertThat(order.body().path("task_id").asText()).isEqualTo(task.toString());
        assertThat(order.body().path("model").asText()).isEqualTo("llama3.2:3b");
        assertThat(order.body().path("agent_id").asText())
                .isEqualTo(room.board.require(task).agentId().toString());
        assertThat(room.dispatcher.failures()).isZero();
    }

    @Test
    void refusalFailsTheTaskInTheAgentsWords() {
        room.agent.answer(StubAgent.problem(400, "no such model"));

        UUID task = room.pushed(room.node(), TaskKind.PULL);

        Waiting.until(() -> room.status(task) == TaskStatus.FAILED);
        assertThat(room.board.require(task).cause())
                .isEqualTo(new TaskState.Cause("no such model", ErrorCode.AGENT_REFUSED));
    }

    @Test
    void refusalsWordsAreStoredWithoutWhatNoDatabaseTakes() {
        room.agent.answer(StubAgent.problem(400, "\\u0000no"));

        UUID task = room.pushed(room.node(), TaskKind.PULL);

        Waiting.until(() -> room.status(task) == TaskStatus.FAILED);
        assertThat(room.board.require(task).cause())
                .isEqualTo(new TaskState.Cause("\ufffdno", ErrorCode.AGENT_REFUSED));
    }

    @Test
    void troubleOfTheAgentLeavesTheTaskWaitingWithTheCauseNoted() {
        room.agent.answer(StubAgent.problem(503, "starting"));
        UUID node = room.node();

        UUID task = room.pushed(node, TaskKind.PULL);

        Waiting.until(() -> room.board.require(task).cause() != null);
        assertThat(room.status(task)).isEqualTo(TaskStatus.PENDING);
        Waiting.until(() -> !room.dispatcher.underWay(task));
        assertThat(room.nextHeartbeat(node, List.of())).hasSize(1);
    }

    @Test
    void refusedConnectionIsLoggedAndMadeGoodByTheNextHeartbeat() {
        UUID node = room.node();
        room.agent.close();
        try (LogLines log = new LogLines()) {
            UUID task = room.pushed(node, TaskKind.PULL);
            Waiting.until(() -> room.board.require(task).cause() != null);

            assertThat(log.lines())
                    .contains(
                            "SEVERE Failed to send pull request to agent "
                                    + node
                                    + ": connection refused");
            assertThat(room.status(task)).isEqualTo(TaskStatus.PENDING);
            assertThat(room.heartbeat(node, List.of()))
                    .extracting(TaskOrder::taskId)
                    .containsExactly(task);
            assertThat(room.board.require(task).attempt()).isEqualTo(1);
            room.nextHeartbeat(node, List.of(task));
            assertThat(room.status(task)).isEqualTo(TaskStatus.QUEUED);
        }
        assertThat(room.dispatcher.failures()).isEqualTo(1);
    }

    @Test
    void bareAgentsAnswerCompletesTheTaskOnlyWhenItComes() {
        CountDownLatch over = new CountDownLatch(1);
        room.agent.answer(room.agent.after(over, StubAgent.status(200)));
        UUID node = room.bareNode();
        UUID task = room.pushed(node, TaskKind.PULL);
        Waiting.until(() -> room.agent.orders().size() == 1);

        room.report(task, 0.45, null);
        assertThat(room.status(task)).isEqualTo(TaskStatus.DOWNLOADING);
        assertThat(room.board.require(task).startedAt()).isNotNull();
        room.nextHeartbeat(node, null);
        room.nextHeartbeat(node, null);
        assertThat(room.agent.orders()).as("the open call is the only one").hasSize(1);
        over.countDown();

        Waiting.until(() -> room.status(task) == TaskStatus.COMPLETED);
        assertThat(room.nodes.require(node).installed(TaskRoom.MODEL)).isPresent();
        assertThat(room.board.require(task).transfer().progress()).isEqualTo(1);
    }

    @Test
    void bareAgentsReportOfTheWholeCompletesTheTaskAndItsLaterAnswerChangesNothing() {
        CountDownLatch over = new CountDownLatch(1);
        room.agent.answer(room.agent.after(over, StubAgent.status(200)));
        UUID task = room.pushed(room.bareNode(), TaskKind.PULL);
        Waiting.until(() -> room.agent.orders().size() == 1);

        room.report(task, 1.0, null);
        TaskState completed = room.board.require(task);
        over.countDown();
        Waiting.until(() -> !room.dispatcher.underWay(task));

        assertThat(completed.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(room.board.require(task)).isEqualTo(completed);
    }

    @Test
    void brokenConnectionOfABareAgentPutsTheTaskBackAndItIsPushedAgain() {
        CountDownLatch gate = new CountDownLatch(1);
        room.agent.answer(room.agent.after(gate, StubAgent.cut()));
        UUID node = room.bareNode();
        UUID task = room.pushed(node, TaskKind.PULL);
        Waiting.until(() -> room.agent.orders().size() == 1);
        room.report(task, 0.3, null);
        gate.countDown();
        Waiting.until(() -> room.status(task) == TaskStatus.PENDING);
        Waiting.until(() -> !room.dispatcher.underWay(task));

        room.agent.answer(StubAgent.status(200));
        room.nextHeartbeat(node, null);

        Waiting.until(() -> room.status(task) == TaskStatus.COMPLETED);
        assertThat(room.board.require(task).attempt()).isEqualTo(2);
        assertThat(room.board.require(task).cause()).isNull();
    }

    @Test
    void bareAgentThatNeverAnswersFailsTheTaskAfterFiveAttempts() {
        UUID node = room.bareNode();
        room.agent.close();
        UUID task = room.pushed(node, TaskKind.PULL);
        for (int attempt = 1; attempt <= 5; attempt++) {
            int expected = attempt;
            Waiting.until(
                    () ->
                            room.board.require(task).attempt() == expected
                                    && room.board.require(task).cause() != null
                                    && !room.dispatcher.underWay(task));
            room.nextHeartbeat(node, null);
        }

        assertThat(room.status(task)).isEqualTo(TaskStatus.FAILED);
        assertThat(room.board.require(task).cause())
                .isEqualTo(new TaskState.Cause("connection refused", ErrorCode.AGENT_UNREACHABLE));
    }

    @Test
    void removalGoesToItsOwnPathAndABareAgentWithoutItDoesNotSupportIt() {
        UUID node = room.node();
        UUID accepted = room.pushed(node, TaskKind.REMOVE);
        Waiting.until(() -> room.status(accepted) == TaskStatus.QUEUED);
        assertThat(room.agent.orders().getFirst().path()).isEqualTo("/remove");
        room.board.change(accepted, (old, now) -> old.to(TaskStatus.CANCELLED, now));

        UUID bare = room.bareNode();
        room.agent.answer(StubAgent.status(404));
        UUID refused = room.pushed(bare, TaskKind.REMOVE);

        Waiting.until(() -> room.status(refused) == TaskStatus.FAILED);
        TaskState.Cause cause = room.board.require(refused).cause();
        assertThat(cause).extracting(TaskState.Cause::code).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }

    @Test
    void cancelReachesTheAgent() {
        UUID task = room.pushed(room.node(), TaskKind.PULL);
        Waiting.until(() -> room.status(task) == TaskStatus.QUEUED);

        room.dispatcher.cancel(room.board.require(task));

        Waiting.until(() -> room.agent.orders().size() == 2);
        StubAgent.Order order = room.agent.orders().getLast();
        assertThat(order.method() + " " + order.path()).isEqualTo("DELETE /pulls/" + task);
    }

    @Test
    void connectionThatThisProcessCutsWhileItStopsIsNoFailure() {
        CountDownLatch gate = new CountDownLatch(1);
        room.agent.answer(room.agent.after(gate, StubAgent.cut()));
        UUID task = room.pushed(room.node(), TaskKind.PULL);
        Waiting.until(() -> room.agent.orders().size() == 1);

        room.dispatcher.close();
        gate.countDown();
        Waiting.until(() -> !room.dispatcher.underWay(task));

        assertThat(room.dispatcher.failures()).isZero();
        assertThat(room.board.require(task).cause()).isNull();
    }
}
