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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
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
     * @param refused why the other nodes got none
     */
    record Pulls(List<TaskState> tasks, Map<UUID, FleetException> refused) {}

    /**
     * A pull for each of these nodes that can take it, all created at once, then handed out.
     *
     * @param queues whether nodes that cannot take it now get their task all the same
     */
    Pulls pulls(List<UUID> agentIds, ModelName model, boolean queues, @Nullable UUID retryOf) {
        OptionalLong size = admission.size(model);
        Map<UUID, FleetException> refused = new LinkedHashMap<>();
        List<TaskState> tasks =
                create(
                        () -> {
                            refused.clear();
                            List<TaskState> wanted = new ArrayList<>();
                            for (UUID id : agentIds) {
                                Optional<FleetException> refusal = refusal(id, model, size, queues);
                                refusal.ifPresentOrElse(
                                        reason -> refused.put(id, reason),
                                        () -> wanted.add(pull(id, model, size, retryOf)));
                            }
                            return wanted;
                        });
        return new Pulls(tasks, refused);
    }

    /**
     * The same, all or none.
     *
     * @throws FleetException why the first of the nodes cannot take it
     */
    List<TaskState> allPulls(
            List<UUID> agentIds, ModelName model, boolean queues, @Nullable UUID retryOf) {
        OptionalLong size = admission.size(model);
        return create(
                () -> {
                    for (UUID id : agentIds) {
                        refusal(id, model, size, queues)
                                .ifPresent(
                                        refusal -> {
                                            throw refusal;
                                        });
                    }
                    return agentIds.stream().map(id -> pull(id, model, size, retryOf)).toList();
                });
    }

    /**
     * @param wanted what to create; asked again when another coordinator was faster
     */
    private List<TaskState> create(Supplier<List<TaskState>> wanted) {
        List<TaskState> tasks;
        synchronized (reserving) {
            Optional<List<TaskState>> created = board.create(wanted.get(), nodes::current);
            while (created.isEmpty()) {
                follow();
                created = board.create(wanted.get(), nodes::current);
            }
            tasks = created.get();
        }
        // A task that stood there already was handed out then; asking again must cost no attempt.
        tasks.stream().filter(task -> task.attempt() == 0).forEach(dispatcher::push);
        return tasks;
    }

    private void follow() {
        nodes.follow();
        board.follow();
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
        return create(
                        () -> {
                            if (!nodes.require(agentId).online()) {
                                throw FleetException.agentOffline(agentId);
                            }
                            return List.of(
                                    TaskState.created(
                                            TaskKind.REMOVE,
                                            agentId,
                                            model,
                                            retryOf,
                                            null,
                                            board.now()));
                        })
                .getFirst();
    }

    /**
     * Forgets a node and cancels what it was doing. Under the lock, because a task created
     * meanwhile would wait for ever.
     *
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    void removeNode(UUID agentId) {
        synchronized (reserving) {
            cancelAll(agentId);
            while (!nodes.remove(agentId, transaction -> board.idle(transaction, agentId))) {
                follow();
                cancelAll(agentId);
            }
        }
    }

    private void cancelAll(UUID agentId) {
        nodes.require(agentId);
        for (TaskState task : board.activeOn(agentId)) {
            board.change(task.id(), (old, now) -> old.to(TaskStatus.CANCELLED, now))
                    .ifPresent(dispatcher::cancel);
        }
    }
}
