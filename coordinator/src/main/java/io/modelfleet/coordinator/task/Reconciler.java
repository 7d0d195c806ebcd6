package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Compares what an agent says it is doing with what it should be doing, at every heartbeat. */
public final class Reconciler {
    /**
     * A bare agent that says nothing for this long, on no open connection of this coordinator, has
     * lost its pull, and so has another coordinator that waited for it.
     */
    private static final Duration BARE_SILENCE = Duration.ofSeconds(60);

    private final TaskBoard board;
    private final TaskDispatcher dispatcher;
    private final Admission admission;
    private final Duration heartbeatInterval;

    /**
     * @param heartbeatInterval how often agents report: a task younger than this may not be in
     *     their report yet
     */
    public Reconciler(
            TaskBoard board,
            TaskDispatcher dispatcher,
            Admission admission,
            Duration heartbeatInterval) {
        this.board = board;
        this.dispatcher = dispatcher;
        this.admission = admission;
        this.heartbeatInterval = heartbeatInterval;
    }

    /** All that the agent should be doing, oldest first. */
    public List<TaskOrder> reconcile(Node node, Heartbeat heartbeat) {
        Set<UUID> known = heartbeat.tasks() == null ? Set.of() : Set.copyOf(heartbeat.tasks());
        board.learn(known);
        List<UUID> ready =
                board.activeOn(node.id()).stream()
                        // What the answer leaves out, the agent stops.
                        .filter(task -> known.contains(task.id()) || !admission.held(task))
                        .map(TaskState::id)
                        .toList();
        if (heartbeat.tasks() == null) {
            ready.forEach(this::pushAgain);
        } else {
            ready.forEach(id -> reconcile(id, known.contains(id)));
        }
        return ready.stream()
                .flatMap(id -> board.find(id).stream())
                .filter(TaskState::active)
                .map(task -> dispatcher.order(task))
                .toList();
    }

    private void reconcile(UUID id, boolean known) {
        board.change(
                id,
                (old, now) -> {
                    if (known) {
                        return old.status() == TaskStatus.PENDING
                                ? old.to(TaskStatus.QUEUED, now)
                                : old;
                    }
                    return justHandedOut(old, now) || dispatcher.underWay(old.id())
                            ? old
                            : TaskRules.handedOutAgain(old, now);
                });
    }

    private boolean justHandedOut(TaskState task, Instant now) {
        return handedOutWithin(heartbeatInterval, task, now);
    }

    private static boolean handedOutWithin(Duration limit, TaskState task, Instant now) {
        return task.handedOutAt() != null && Lapse.within(limit, task.handedOutAt(), now);
    }

    /**
     * Agents that send no list of tasks read none either: for them only a new call makes a failed
     * one good.
     */
    private void pushAgain(UUID id) {
        if (dispatcher.underWay(id)) {
            return;
        }
        board.change(id, this::lost)
                .filter(
                        now ->
                                now.status() == TaskStatus.PENDING
                                        && !handedOutWithin(BARE_SILENCE, now, board.now()))
                .ifPresent(dispatcher::push);
    }

    private TaskState lost(TaskState task, Instant now) {
        if (task.status() != TaskStatus.PENDING
                && !Lapse.within(BARE_SILENCE, task.updatedAt(), now)) {
            return task.to(TaskStatus.PENDING, now);
        }
        if (task.status() == TaskStatus.PENDING
                && task.attempt() >= TaskRules.ATTEMPTS
                && !justHandedOut(task, now)) {
            return TaskRules.handedOutAgain(task, now);
        }
        return task;
    }
}
