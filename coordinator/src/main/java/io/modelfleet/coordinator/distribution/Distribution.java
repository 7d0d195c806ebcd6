package io.modelfleet.coordinator.distribution;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.policy.AutoDistribution;
import io.modelfleet.coordinator.task.Admission;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskDispatcher;
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
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's wish becomes tasks: all checks first, then all tasks at once, then they are handed
 * out.
 */
public final class Distribution {
    private static final System.Logger LOG = System.getLogger(Distribution.class.getName());

    private final NodeInventory nodes;
    private final TaskBoard board;
    private final TaskDispatcher dispatcher;
    private final AutoDistribution policy;
    private final Admission admission;

    /** Held from the look at a node and its disk until the task that takes the room is there. */
    private final Object reserving = new Object();

    public Distribution(
            NodeInventory nodes,
            TaskBoard board,
            TaskDispatcher dispatcher,
            Admission admission,
            AutoDistribution policy) {
        this.nodes = nodes;
        this.board = board;
        this.dispatcher = dispatcher;
        this.policy = policy;
        this.admission = admission;
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
                createAll(
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
                skipped.add(skipped(node, reason.get(), locale));
            } else {
                candidates.add(node.id());
            }
        }
        List<TaskState> tasks =
                request.target() == Target.SPECIFIC
                        ? createAll(candidates, request.modelName(), queues, null)
                        : createWhereRoom(candidates, request.modelName(), queues, skipped, locale);
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
            Node node, FleetException reason, Locale locale) {
        return new DistributeReply.Skipped(node.id(), reason.code().name(), reason.text(locale));
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
        return remove(agentId, model, null);
    }

    private TaskCreated remove(UUID agentId, ModelName model, @Nullable UUID retryOf) {
        TaskState task;
        synchronized (reserving) {
            if (!nodes.require(agentId).online()) {
                throw FleetException.agentOffline(agentId);
            }
            task =
                    board.create(
                                    List.of(
                                            TaskState.created(
                                                    TaskKind.REMOVE,
                                                    agentId,
                                                    model,
                                                    retryOf,
                                                    null,
                                                    board.now())))
                            .getFirst();
        }
        handOut(List.of(task));
        return new TaskCreated(task.id(), null);
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
        Node node = nodes.require(task.agentId());
        if (task.origin().kind() == TaskKind.REMOVE) {
            return remove(node.id(), task.origin().model(), taskId);
        }
        return new TaskCreated(
                createAll(List.of(node.id()), task.origin().model(), false, taskId).getFirst().id(),
                null);
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
        // Under the lock, because a task created meanwhile would wait for ever.
        synchronized (reserving) {
            nodes.require(agentId);
            for (TaskState task : board.activeOn(agentId)) {
                board.change(task.id(), (old, now) -> old.to(TaskStatus.CANCELLED, now))
                        .ifPresent(dispatcher::cancel);
            }
            nodes.remove(agentId);
        }
    }

    /**
     * Gives a node that has just registered the model that suits its GPU memory, unless it has it,
     * is getting it, or an operator took it away.
     */
    public Optional<TaskState> autoDistribute(Node node) {
        Optional<ModelName> model = policy.modelFor(node.devices());
        if (model.isEmpty() || !node.settings().schedulable() || hasOrRefused(node, model.get())) {
            return Optional.empty();
        }
        try {
            TaskState task = createAll(List.of(node.id()), model.get(), false, null).getFirst();
            LOG.log(
                    System.Logger.Level.INFO,
                    "Auto-distribution started: model={0}, task_id={1}",
                    model.get(),
                    task.id());
            return Optional.of(task);
        } catch (FleetException refusal) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Auto-distribution skipped: model={0}, agent_id={1}: {2}",
                    model.get(),
                    node.id(),
                    refusal.getMessage());
            return Optional.empty();
        }
    }

    private boolean hasOrRefused(Node node, ModelName model) {
        return node.installed(model).isPresent()
                || board.active(node.id(), TaskKind.PULL, model).isPresent()
                || board.newest(node.id(), model)
                        .filter(
                                task ->
                                        task.status() == TaskStatus.CANCELLED
                                                || task.origin().kind() == TaskKind.REMOVE)
                        .isPresent();
    }

    /** All nodes or none. */
    private List<TaskState> createAll(
            List<UUID> agentIds, ModelName model, boolean queues, @Nullable UUID retryOf) {
        OptionalLong size = admission.size(model);
        List<TaskState> tasks;
        synchronized (reserving) {
            List<TaskState> wanted = new ArrayList<>();
            for (UUID id : agentIds) {
                Node node = nodes.require(id);
                refusal(node, model, size, queues)
                        .ifPresent(
                                refusal -> {
                                    throw refusal;
                                });
                wanted.add(pullTask(node, model, size, retryOf));
            }
            tasks = board.create(wanted);
        }
        handOut(tasks);
        return tasks;
    }

    /** Every node that has room; the others join those that are left out. */
    private List<TaskState> createWhereRoom(
            List<UUID> agentIds,
            ModelName model,
            boolean queues,
            List<DistributeReply.Skipped> skipped,
            Locale locale) {
        OptionalLong size = admission.size(model);
        List<TaskState> tasks;
        synchronized (reserving) {
            List<TaskState> wanted = new ArrayList<>();
            for (UUID id : agentIds) {
                Optional<Node> node = nodes.find(id);
                if (node.isEmpty()) {
                    continue; // removed since the call began
                }
                Optional<FleetException> refusal = refusal(node.get(), model, size, queues);
                if (refusal.isPresent()) {
                    skipped.add(skipped(node.get(), refusal.get(), locale));
                } else {
                    wanted.add(pullTask(node.get(), model, size, null));
                }
            }
            tasks = board.create(wanted);
        }
        handOut(tasks);
        return tasks;
    }

    /** A task that stood there already was handed out then; asking again must cost no attempt. */
    private void handOut(List<TaskState> tasks) {
        tasks.stream().filter(task -> task.attempt() == 0).forEach(dispatcher::push);
    }

    private Optional<FleetException> refusal(
            Node node, ModelName model, OptionalLong size, boolean queues) {
        return queues ? Optional.empty() : admission.refusal(node, model, size);
    }

    private TaskState pullTask(
            Node node, ModelName model, OptionalLong size, @Nullable UUID retryOf) {
        return TaskState.created(
                TaskKind.PULL,
                node.id(),
                model,
                retryOf,
                size.isPresent() ? Long.valueOf(size.getAsLong()) : null,
                board.now());
    }

    private static boolean queues(@Nullable OnUnavailable wish) {
        return wish == OnUnavailable.QUEUE;
    }
}
