package io.modelfleet.coordinator.distribution;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.policy.AutoDistribution;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.LogField;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nodes that have just registered get the model that suits their GPU memory, and get it again when
 * it vanishes from them without an order of Modelfleet's.
 */
public final class NewNodes {
    private static final System.Logger LOG = System.getLogger(NewNodes.class.getName());

    /**
     * A heartbeat may have looked at Ollama before a pull was over, and arrive after: only what was
     * seen this long after the end counts. Agents give up on a heartbeat after 10 s.
     */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /**
     * Whoever deletes a model again and again, or an Ollama that loses it, costs one download an
     * hour and no more.
     */
    private static final Duration BETWEEN = Duration.ofHours(1);

    private final AutoDistribution policy;
    private final TaskBoard board;
    private final Reservations reservations;
    private final Map<UUID, Instant> broughtBack = new ConcurrentHashMap<>();

    public NewNodes(AutoDistribution policy, TaskBoard board, Reservations reservations) {
        this.policy = policy;
        this.board = board;
        this.reservations = reservations;
    }

    /**
     * Starts the node's model, unless the node has it, is getting it, is paused, or an operator
     * took it away.
     */
    public Optional<TaskState> autoDistribute(Node node) {
        Optional<ModelName> model = policy.modelFor(node.devices());
        if (model.isEmpty() || !node.settings().schedulable() || hasOrRefused(node, model.get())) {
            return Optional.empty();
        }
        return start(node, model.get());
    }

    /**
     * Starts the node's model again when Ollama lost it: replaced, emptied, or the model deleted
     * there. A pull that failed or was cancelled and a removal are left to the operator.
     *
     * @param before the node as it was before it said what it holds
     */
    public void bringBack(Node before, Node node) {
        Optional<ModelName> model = policy.modelFor(node.devices());
        if (model.isPresent()
                && node.settings().schedulable()
                && node.installed(model.get()).isEmpty()
                && vanished(before, node, model.get())
                && mayAgain(node.id())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Model vanished from its node: model={0}, agent_id={1}",
                    model.get(),
                    node.id());
            start(node, model.get());
        }
    }

    private boolean vanished(Node before, Node node, ModelName model) {
        Optional<TaskState> newest =
                board.newest(node.id(), model)
                        .filter(task -> !task.origin().createdAt().isBefore(node.registeredAt()));
        return newest.map(this::settled).orElse(before.installed(model).isPresent());
    }

    private boolean settled(TaskState task) {
        Instant end = task.completedAt();
        return task.origin().kind() == TaskKind.PULL
                && task.status() == TaskStatus.COMPLETED
                && end != null
                && over(end, SETTLED);
    }

    private boolean mayAgain(UUID id) {
        Instant last = broughtBack.get(id);
        if (last != null && !over(last, BETWEEN)) {
            return false;
        }
        broughtBack.put(id, board.now());
        return true;
    }

    /** A clock that was set back must not make this wait for it to catch up. */
    private boolean over(Instant since, Duration span) {
        Duration passed = Duration.between(since, board.now());
        return passed.isNegative() || passed.compareTo(span) >= 0;
    }

    private Optional<TaskState> start(Node node, ModelName model) {
        Reservations.Pulls pulls = reservations.pulls(List.of(node.id()), model, false, null);
        pulls.refused().forEach((id, refusal) -> skipped(node, model, refusal));
        for (TaskState task : pulls.tasks()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Auto-distribution started: model={0}, task_id={1}",
                    model,
                    task.id(),
                    new LogField("agent_id", node.id()));
        }
        return pulls.tasks().stream().findFirst();
    }

    private static void skipped(Node node, ModelName model, FleetException refusal) {
        LOG.log(
                System.Logger.Level.WARNING,
                "Auto-distribution skipped: model={0}, agent_id={1}, error={2}",
                model,
                node.id(),
                refusal.getMessage());
    }

    private boolean hasOrRefused(Node node, ModelName model) {
        return node.installed(model).isPresent()
                || board.active(node.id(), TaskKind.PULL, model).isPresent()
                || board.newest(node.id(), model).filter(task -> tookAway(task, node)).isPresent();
    }

    /** What was done before the node was removed and came back says nothing about it now. */
    private static boolean tookAway(TaskState task, Node node) {
        boolean removed = task.origin().kind() == TaskKind.REMOVE;
        return (removed || task.status() == TaskStatus.CANCELLED)
                && !task.origin().createdAt().isBefore(node.registeredAt());
    }
}
