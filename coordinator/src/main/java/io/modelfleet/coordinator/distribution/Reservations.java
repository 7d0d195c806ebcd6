package io.modelfleet.coordinator.distribution;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.Admission;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskDispatcher;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates tasks, and with them takes the room that they need on their nodes: one lock is held from
 * the look at a node until its task is there.
 */
public final class Reservations {
    private final NodeInventory nodes;
    private final TaskBoard board;
    private final TaskDispatcher dispatcher;
    private final Admission admission;
    private final Object reserving = new Object();

    public Reservations(
            NodeInventory nodes, TaskBoard board, TaskDispatcher dispatcher, Admission admission) {
        this.nodes = nodes;
        this.board = board;
        this.dispatcher = dispatcher;
        this.admission = admission;
    }

    /**
     * A pull for each of these nodes that can take it, all created at once, then handed out.
     *
     * @param queues whether nodes that cannot take it now get their task all the same
     * @param onRefusal told of each node that cannot take it; what it throws ends the call before
     *     anything is created
     */
    List<TaskState> pulls(
            List<UUID> agentIds,
            ModelName model,
            boolean queues,
            @Nullable UUID retryOf,
            BiConsumer<UUID, FleetException> onRefusal) {
        OptionalLong size = admission.size(model);
        List<TaskState> tasks;
        synchronized (reserving) {
            List<TaskState> wanted = new ArrayList<>();
            for (UUID id : agentIds) {
                Optional<FleetException> refusal = refusal(id, model, size, queues);
                if (refusal.isPresent()) {
                    onRefusal.accept(id, refusal.get());
                } else {
                    wanted.add(pull(id, model, size, retryOf));
                }
            }
            tasks = board.create(wanted);
        }
        handOut(tasks);
        return tasks;
    }

    private Optional<FleetException> refusal(
            UUID agentId, ModelName model, OptionalLong size, boolean queues) {
        Optional<Node> node = nodes.find(agentId);
        if (node.isEmpty()) {
            return Optional.of(FleetException.agentNotFound(agentId));
        }
        return queues ? Optional.empty() : admission.refusal(node.get(), model, size);
    }

    private TaskState pull(
            UUID agentId, ModelName model, OptionalLong size, @Nullable UUID retryOf) {
        @Nullable Long total = size.isPresent() ? Long.valueOf(size.getAsLong()) : null;
        return TaskState.created(TaskKind.PULL, agentId, model, retryOf, total, board.now());
    }

    /** A removal, handed out. */
    TaskState removal(UUID agentId, ModelName model, @Nullable UUID retryOf) {
        List<TaskState> tasks;
        synchronized (reserving) {
            if (!nodes.require(agentId).online()) {
                throw FleetException.agentOffline(agentId);
            }
            tasks =
                    board.create(
                            List.of(
                                    TaskState.created(
                                            TaskKind.REMOVE,
                                            agentId,
                                            model,
                                            retryOf,
                                            null,
                                            board.now())));
        }
        handOut(tasks);
        return tasks.getFirst();
    }

    /** A task that stood there already was handed out then; asking again must cost no attempt. */
    private void handOut(List<TaskState> tasks) {
        tasks.stream().filter(task -> task.attempt() == 0).forEach(dispatcher::push);
    }

    /**
     * Forgets a node and cancels what it was doing. Under the lock, because a task created
     * meanwhile would wait for ever.
     *
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    void removeNode(UUID agentId) {
        synchronized (reserving) {
            nodes.require(agentId);
            for (TaskState task : board.activeOn(agentId)) {
                board.change(task.id(), (old, now) -> old.to(TaskStatus.CANCELLED, now))
                        .ifPresent(dispatcher::cancel);
            }
            nodes.remove(agentId);
        }
    }
}
