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
import java.util.List;
import java.util.Optional;

/** Nodes that have just registered get the model that suits their GPU memory. */
public final class NewNodes {
    private static final System.Logger LOG = System.getLogger(NewNodes.class.getName());

    private final AutoDistribution policy;
    private final TaskBoard board;
    private final Reservations reservations;

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
        Reservations.Pulls pulls = reservations.pulls(List.of(node.id()), model.get(), false, null);
        pulls.refused().forEach((id, refusal) -> skipped(node, model.get(), refusal));
        for (TaskState task : pulls.tasks()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Auto-distribution started: model={0}, task_id={1}",
                    model.get(),
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
