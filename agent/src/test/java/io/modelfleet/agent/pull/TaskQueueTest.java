package io.modelfleet.agent.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelfleet.agent.standin.HandClock;
import io.modelfleet.agent.standin.HandWorks;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskQueueTest {
    private static final Digest WEIGHTS = new Digest("a".repeat(64));

    @TempDir private Path directory;
    private final HandClock clock = new HandClock();
    private final HandWorks works = new HandWorks();
    private final List<TaskReport> changes = new CopyOnWriteArrayList<>();
    private final List<TaskQueue> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        open.forEach(TaskQueue::close);
    }

    private TaskQueue queue(int maxPulls) {
        return queue(maxPulls, works);
    }

    private TaskQueue queue(int maxPulls, HandWorks with) {
        TaskQueue queue =
                new TaskQueue(
                        new Journal(directory, clock), with, maxPulls, changes::add, clock, "t");
        open.add(queue);
        queue.start();
        return queue;
    }

    private static TaskOrder order(String model) {
        return new TaskOrder(
                UUID.randomUUID(),
                null,
                ModelName.parse(model),
                null,
                List.of(new Blob(WEIGHTS, 1_000)));
    }

    private UUID accept(TaskQueue queue, TaskKind kind) {
        TaskOrder order = order("m");
        assertThat(queue.accept(order, kind)).isTrue();
        return order.taskId();
    }

    private void awaitStarted(UUID... ids) {
        await().untilAsserted(() -> assertThat(works.started()).containsExactly(ids));
    }

    private TaskStatus status(TaskQueue queue, UUID id) {
        return queue.report(id).orElseThrow().status();
    }

    @Test
    void onePullAtATimeInTheirOrder() {
        TaskQueue queue = queue(1);
        UUID first = accept(queue, TaskKind.PULL);
        UUID second = accept(queue, TaskKind.PULL);
        UUID third = accept(queue, TaskKind.PULL);
        awaitStarted(first);
        works.complete(first);
        awaitStarted(first, second);
        works.end(second, new Ending.Failed(ErrorCode.DISK_FULL, "full"));
        awaitStarted(first, second, third);
        assertThat(status(queue, first)).isEqualTo(TaskStatus.COMPLETED);
        assertThat(queue.report(second).orElseThrow().error()).isEqualTo("full");
        assertThat(status(queue, third)).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void lateCallForATaskThatIsOverStartsNothing() {
        TaskQueue queue = queue(1);
        TaskOrder order = order("m");
        queue.accept(order, TaskKind.REMOVE);
        awaitStarted(order.taskId());
        works.complete(order.taskId());
        await().until(() -> status(queue, order.taskId()) == TaskStatus.COMPLETED);
        queue.over(order.taskId());

        assertThat(queue.accept(order, TaskKind.REMOVE)).isFalse();
        queue.reconcile(List.of(order), queue.known());

        assertThat(queue.known().ids()).isEmpty();
    }

    @Test
    void holdStopsTheWorkAndResumeBeginsItAgainWithTheSameTasks() {
        TaskQueue queue = queue(1);
        UUID first = accept(queue, TaskKind.PULL);
        UUID second = accept(queue, TaskKind.PULL);
        awaitStarted(first);
        queue.hold();
        await().until(() -> works.running().isEmpty());
        assertThatThrownBy(() -> queue.accept(order("m"), TaskKind.PULL))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("admitted");
        assertThat(queue.known().ids()).containsExactlyInAnyOrder(first, second);
        queue.resume();
        awaitStarted(first, first);
        works.complete(first);
        awaitStarted(first, first, second);
    }

    @Test
    void whatAnEarlierRunLeftWaitsWhileTheQueueIsOnHold() {
        UUID first = accept(queue(1), TaskKind.PULL);
        awaitStarted(first);
        open.getFirst().close();
        HandWorks after = new HandWorks();
        TaskQueue queue =
                new TaskQueue(
                        new Journal(directory, clock), after, 1, changes::add, clock, "again");
        open.add(queue);
        queue.hold();
        queue.start();
        assertThat(queue.known().ids()).containsExactly(first);
        assertThat(after.started()).isEmpty();
        queue.resume();
        await().until(() -> after.started().contains(first));
    }

    @Test
    void asManyPullsAtOnceAsAllowed() {
        TaskQueue queue = queue(2);
        UUID first = accept(queue, TaskKind.PULL);
        UUID second = accept(queue, TaskKind.PULL);
        UUID third = accept(queue, TaskKind.PULL);
        awaitStarted(first, second);
        works.complete(second);
        awaitStarted(first, second, third);
        assertThat(works.running()).containsExactly(first, third);
    }

    @Test
    void removalRunsAloneAndPullsWaitForIt() {
        TaskQueue queue = queue(3);
        UUID pull = accept(queue, TaskKind.PULL);
        UUID removal = accept(queue, TaskKind.REMOVE);
        UUID later = accept(queue, TaskKind.PULL);
        awaitStarted(pull);
        works.complete(pull);
        awaitStarted(pull, removal);
        works.complete(removal);
        awaitStarted(pull, removal, later);
    }

    @Test
    void removalWaitsForACancelledPullToWindDown() {
        TaskQueue queue = queue(1);
        UUID pull = accept(queue, TaskKind.PULL);
        awaitStarted(pull);
        UUID removal = accept(queue, TaskKind.REMOVE);
        assertThat(queue.cancel(pull)).isTrue();
        awaitStarted(pull, removal);
        assertThat(works.running()).containsExactly(removal);
    }

    @Test
    void sameIdAgainChangesNothing() {
        TaskQueue queue = queue(1);
        TaskOrder order = order("m");
        assertThat(queue.accept(order, TaskKind.PULL)).isTrue();
        assertThat(queue.accept(order, TaskKind.PULL)).isFalse();
        assertThat(queue.reports()).hasSize(1);
        assertThat(changes).hasSize(1);
    }

    @Test
    void cancelledTaskEndsOnceAndStaysUntilTheCoordinatorConfirms() {
        TaskQueue queue = queue(1);
        UUID running = accept(queue, TaskKind.PULL);
        UUID waiting = accept(queue, TaskKind.PULL);
        awaitStarted(running);
        assertThat(queue.cancel(waiting)).isTrue();
        assertThat(queue.cancel(waiting)).isFalse();
        assertThat(queue.cancel(running)).isTrue();
        assertThat(queue.cancel(UUID.randomUUID())).isFalse();
        assertThat(works.started()).containsExactly(running);
        assertThat(changes.stream().map(TaskReport::status))
                .containsExactly(
                        TaskStatus.QUEUED,
                        TaskStatus.QUEUED,
                        TaskStatus.CANCELLED,
                        TaskStatus.CANCELLED);
        assertThat(queue.known().ids()).containsExactlyInAnyOrder(running, waiting);
        queue.drop(running);
        assertThat(queue.known().ids()).containsExactly(waiting);
    }

    @Test
    void restartGoesOnInOrderWithProgressAndUnconfirmedEnds() {
        TaskQueue before = queue(1);
        UUID failed = accept(before, TaskKind.PULL);
        UUID running = accept(before, TaskKind.PULL);
        UUID waiting = accept(before, TaskKind.REMOVE);
        awaitStarted(failed);
        works.end(failed, new Ending.Failed(ErrorCode.MODEL_NOT_FOUND, "no such model"));
        awaitStarted(failed, running);
        works.task(running).meter().layer(WEIGHTS, 1_000, 700);
        before.close();

        HandWorks again = new HandWorks();
        TaskQueue after = queue(1, again);
        assertThat(after.reports().stream().map(TaskReport::id))
                .containsExactly(failed, running, waiting);
        await().untilAsserted(() -> assertThat(again.started()).containsExactly(running));
        assertThat(after.report(running).orElseThrow().task().progress()).isEqualTo(0.7);
        assertThat(after.report(failed).orElseThrow().errorCode())
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        again.complete(running);
        await().untilAsserted(() -> assertThat(again.started()).containsExactly(running, waiting));
    }

    @Test
    void progressIsOnDiskWithinSecondsEvenIfTheAgentIsKilled() {
        TaskQueue killed = queue(1);
        UUID id = accept(killed, TaskKind.PULL);
        awaitStarted(id);
        NodeTask task = works.task(id);
        task.meter().layer(WEIGHTS, 1_000, 600);
        clock.advance(java.time.Duration.ofSeconds(6));
        task.moved();
        assertThat(new Journal(directory, clock).load().getFirst().fraction()).isEqualTo(0.6);
    }

    @Test
    void corruptJournalStartsEmpty() throws IOException {
        Files.writeString(directory.resolve("tasks.json"), "{broken");
        assertThat(queue(1).reports()).isEmpty();
    }

    @Test
    void taskThatCannotBeWrittenDownIsNotAccepted() throws IOException {
        TaskQueue queue = queue(1);
        Files.createDirectory(directory.resolve("tasks.json.new"));
        assertThatThrownBy(() -> queue.accept(order("m"), TaskKind.PULL))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(queue.reports()).isEmpty();
        assertThat(works.started()).isEmpty();
    }

    @Test
    void wishesAreTakenUpAndWhatIsNotWishedForIsDroppedSilently() {
        TaskQueue queue = queue(1);
        UUID unwanted = accept(queue, TaskKind.PULL);
        awaitStarted(unwanted);
        changes.clear();
        TaskOrder removal =
                new TaskOrder(
                        UUID.randomUUID(), TaskKind.REMOVE, ModelName.parse("old:1b"), null, null);
        queue.reconcile(List.of(removal), queue.known());
        awaitStarted(unwanted, removal.taskId());
        assertThat(works.running()).containsExactly(removal.taskId());
        assertThat(changes.stream().map(TaskReport::id)).containsExactly(removal.taskId());
        assertThat(works.task(removal.taskId()).kind()).isEqualTo(TaskKind.REMOVE);
    }

    @Test
    void taskThatCameWhileTheHeartbeatWasUnderWayIsKept() {
        TaskQueue queue = queue(1);
        KnownTasks atSend = queue.known();
        UUID pushed = accept(queue, TaskKind.PULL);
        queue.reconcile(List.of(), atSend);
        assertThat(queue.known().ids()).containsExactly(pushed);
    }

    @Test
    void taskThatEndedWhileTheHeartbeatWasUnderWayIsNotStartedAgain() {
        TaskQueue queue = queue(1);
        TaskOrder known = order("known");
        queue.accept(known, TaskKind.PULL);
        KnownTasks atSend = queue.known();
        queue.drop(known.taskId());
        TaskOrder pushed = order("pushed");
        queue.accept(pushed, TaskKind.PULL);
        queue.drop(pushed.taskId());
        queue.reconcile(List.of(known, pushed), atSend);
        assertThat(queue.reports()).isEmpty();

        queue.reconcile(List.of(known), queue.known());
        assertThat(queue.known().ids()).containsExactly(known.taskId());
    }

    @Test
    void unconfirmedEndIsNotDroppedByAHeartbeat() {
        TaskQueue queue = queue(1);
        UUID id = accept(queue, TaskKind.PULL);
        awaitStarted(id);
        works.complete(id);
        await().until(() -> status(queue, id).isFinal());
        queue.reconcile(List.of(), queue.known());
        assertThat(queue.known().ids()).containsExactly(id);
    }

    @Test
    void workThatBreaksOffFailsItsTaskAndTheNextOneRuns() {
        TaskQueue queue =
                new TaskQueue(
                        new Journal(directory, clock),
                        (task, ahead) -> {
                            if (task.model().model().equals("bug")) {
                                return new BrokenWork();
                            }
                            return works.create(task, ahead);
                        },
                        1,
                        changes::add,
                        clock,
                        "t");
        open.add(queue);
        queue.start();
        TaskOrder bug = order("bug");
        queue.accept(bug, TaskKind.PULL);
        UUID next = accept(queue, TaskKind.PULL);
        awaitStarted(next);
        assertThat(queue.report(bug.taskId()).orElseThrow().errorCode())
                .isEqualTo(ErrorCode.INTERNAL);
    }

    private static final class BrokenWork implements Work {
        @Override
        public Ending run() {
            throw new IllegalStateException("a bug, made by the test");
        }

        @Override
        public void stop() {
            // it has ended already
        }
    }
}
