package io.modelfleet.coordinator.distribution;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskDispatcher;
import io.modelfleet.coordinator.task.TaskOrigin;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.DistributeRequest.IfInstalled;
import io.modelfleet.protocol.DistributeRequest.Target;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OnUnavailable;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.protocol.TaskCreated;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's wish becomes tasks: all checks first, then all tasks at once, then they are handed
 * out.
 */
public final class Distribution {
    private final NodeInventory nodes;
    private final TaskBoard board;
    private final TaskDispatcher dispatcher;
    private final Reservations reservations;

    public Distribution(
            NodeInventory nodes,
            TaskBoard board,
            TaskDispatcher dispatcher,
            Reservations reservations) {
        this.nodes = nodes;
        this.board = board;
        this.dispatcher = dispatcher;
        this.reservations = reservations;
    }

    /**
     * One model to one node.
     *
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}, {@link ErrorCode#AGENT_OFFLINE},
     *     {@link ErrorCode#INSUFFICIENT_STORAGE}
     */
    public TaskCreated pull(UUID agentId, PullRequest request) {
        boolean held = nodes.require(agentId).installed(request.modelName()).isPresent();
        List<TaskState> tasks =
                reservations.allPulls(
                        List.of(agentId),
                        request.modelName(),
                        queues(request.onUnavailable()),
                        null);
        return new TaskCreated(tasks.getFirst().id(), held ? Boolean.TRUE : null);
    }

    /**
     * One model to all nodes or to those named; of the latter, one that cannot take it fails the
     * whole call.
     *
     * @param locale language of the reasons for nodes that are left out
     * @throws FleetException as {@link #pull}
     */
    public DistributeReply distribute(DistributeRequest request, Locale locale) {
        List<DistributeReply.Skipped> skipped = new ArrayList<>();
        boolean queues = queues(request.onUnavailable());
        List<UUID> candidates = new ArrayList<>();
        for (Node node : meant(request)) {
            Optional<FleetException> reason = reasonToSkip(node, request);
            if (reason.isPresent()) {
                skipped.add(skipped(node.id(), reason.get(), locale));
            } else {
                candidates.add(node.id());
            }
        }
        List<TaskState> tasks;
        if (request.target() == Target.SPECIFIC) {
            tasks = reservations.allPulls(candidates, request.modelName(), queues, null);
        } else {
            Reservations.Pulls pulls =
                    reservations.pulls(candidates, request.modelName(), queues, null);
            pulls.refused().forEach((id, refusal) -> skipped.add(skipped(id, refusal, locale)));
            tasks = pulls.tasks();
        }
        return new DistributeReply(
                tasks.stream().map(TaskState::id).toList(), skipped.isEmpty() ? null : skipped);
    }

    private List<Node> meant(DistributeRequest request) {
        if (request.target() == Target.ALL || request.agentIds() == null) {
            return List.copyOf(nodes.all());
        }
        return new LinkedHashSet<>(request.agentIds()).stream().map(nodes::require).toList();
    }

    private static Optional<FleetException> reasonToSkip(Node node, DistributeRequest request) {
        if (request.ifInstalled() == IfInstalled.SKIP
                && node.installed(request.modelName()).isPresent()) {
            return Optional.of(FleetException.of(ErrorCode.ALREADY_INSTALLED, node.id()));
        }
        return Optional.empty();
    }

    private static DistributeReply.Skipped skipped(
            UUID agentId, FleetException reason, Locale locale) {
        return new DistributeReply.Skipped(agentId, reason.code().name(), reason.text(locale));
    }

    /**
     * Removes a model from a node, as a task.
     *
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}, {@link
     *     ErrorCode#MODEL_NOT_INSTALLED}, {@link ErrorCode#AGENT_OFFLINE}
     */
    public TaskCreated remove(UUID agentId, ModelName model) {
        if (nodes.require(agentId).installed(model).isEmpty()) {
            throw FleetException.of(ErrorCode.MODEL_NOT_INSTALLED, agentId, model);
        }
        return new TaskCreated(reservations.removal(agentId, model, null).id(), null);
    }

    /**
     * Does a failed or cancelled task's work again, as a new task.
     *
     * @throws FleetException {@link ErrorCode#TASK_ACTIVE}, {@link ErrorCode#TASK_FINISHED}, or as
     *     {@link #pull}
     */
    public TaskCreated retry(UUID taskId) {
        TaskState task = board.require(taskId);
        if (task.active()) {
            throw FleetException.of(ErrorCode.TASK_ACTIVE, taskId);
        }
        if (task.status() == TaskStatus.COMPLETED) {
            throw FleetException.of(ErrorCode.TASK_FINISHED, taskId);
        }
        TaskOrigin origin = task.origin();
        TaskState again =
                origin.kind() == TaskKind.REMOVE
                        ? reservations.removal(origin.agentId(), origin.model(), taskId)
                        : reservations
                                .allPulls(List.of(origin.agentId()), origin.model(), false, taskId)
                                .getFirst();
        return new TaskCreated(again.id(), null);
    }

    /**
     * Stops an active task.
     *
     * @throws FleetException {@link ErrorCode#TASK_NOT_FOUND}, {@link ErrorCode#TASK_FINISHED}
     */
    public TaskState cancel(UUID taskId) {
        board.require(taskId);
        TaskState cancelled =
                board.change(taskId, (task, now) -> task.to(TaskStatus.CANCELLED, now))
                        .orElseThrow(() -> FleetException.of(ErrorCode.TASK_FINISHED, taskId));
        dispatcher.cancel(cancelled);
        return cancelled;
    }

    /**
     * Forgets a node; what it was doing is cancelled.
     *
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    public void removeNode(UUID agentId) {
        reservations.removeNode(agentId);
    }

    private static boolean queues(@Nullable OnUnavailable wish) {
        return wish == OnUnavailable.QUEUE;
    }
}
