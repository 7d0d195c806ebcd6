package io.modelfleet.console.client;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The fleet as the coordinator last described it. Immutable; what did not change from one state to
 * the next is the same object in both, so comparing with {@code equals} costs next to nothing
 * there.
 *
 * @param version what to ask with next time
 * @param agents all nodes by id
 * @param models what each node holds, by name; nodes that never said are missing
 * @param tasks by id: all that are active, and the newest of the finished ones
 */
public record FleetState(
        long version,
        Map<UUID, Agent> agents,
        Map<UUID, Map<ModelName, NodeModel>> models,
        Map<UUID, Task> tasks) {

    /** Asks for everything. */
    public static final long NO_VERSION = -1;

    public static final FleetState EMPTY = new FleetState(NO_VERSION, Map.of(), Map.of(), Map.of());

    /** A window that stays open for weeks must not keep every task that ever was. */
    private static final int FINISHED_TASKS = 2_000;

    /** The state after these changes; a full answer replaces everything. */
    public FleetState apply(Changes changes) {
        FleetState base = changes.full() ? EMPTY : this;
        return new FleetState(
                changes.version(),
                base.agentsAfter(changes),
                base.modelsAfter(changes),
                base.tasksAfter(changes));
    }

    /** What a node holds; empty for a node that never said. */
    public Map<ModelName, NodeModel> models(UUID agentId) {
        return models.getOrDefault(agentId, Map.of());
    }

    /** A node's tasks, newest first. */
    public List<Task> tasksOf(UUID agentId) {
        return tasks.values().stream()
                .filter(task -> task.agentId().equals(agentId))
                .sorted(Comparator.comparing(Task::createdAt).reversed())
                .toList();
    }

    private Map<UUID, Agent> agentsAfter(Changes changes) {
        if (changes.agents().isEmpty() && changes.removedAgents().isEmpty()) {
            return agents;
        }
        Map<UUID, Agent> next = new LinkedHashMap<>(agents);
        changes.removedAgents().forEach(next::remove);
        changes.agents().forEach(agent -> next.put(agent.id(), agent));
        return Collections.unmodifiableMap(next);
    }

    private Map<UUID, Map<ModelName, NodeModel>> modelsAfter(Changes changes) {
        if (changes.models().isEmpty() && changes.removedAgents().isEmpty()) {
            return models;
        }
        Map<UUID, Map<ModelName, NodeModel>> next = new LinkedHashMap<>(models);
        changes.removedAgents().forEach(next::remove);
        changes.models().forEach(node -> next.put(node.agentId(), byName(node)));
        return Collections.unmodifiableMap(next);
    }

    private static Map<ModelName, NodeModel> byName(NodeModels node) {
        Map<ModelName, NodeModel> models = new LinkedHashMap<>();
        node.models().forEach(model -> models.put(model.name(), model));
        return Collections.unmodifiableMap(models);
    }

    private Map<UUID, Task> tasksAfter(Changes changes) {
        if (changes.tasks().isEmpty()) {
            return tasks;
        }
        Map<UUID, Task> next = new LinkedHashMap<>(tasks);
        changes.tasks().forEach(task -> next.put(task.id(), task));
        List<Task> finished =
                new ArrayList<>(
                        next.values().stream().filter(task -> task.status().isFinal()).toList());
        if (finished.size() > FINISHED_TASKS) {
            finished.sort(Comparator.comparing(Task::updatedAt).reversed());
            finished.subList(FINISHED_TASKS, finished.size())
                    .forEach(task -> next.remove(task.id()));
        }
        return Collections.unmodifiableMap(next);
    }
}
