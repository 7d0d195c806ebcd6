package io.modelfleet.console.tasks;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every task that the window knows, one row for each: what the poll brings, and older ones. */
final class KnownTasks {
    private final OlderTasks older;
    private final Map<UUID, TaskRow> byId = new LinkedHashMap<>();

    /** Of all nodes ever seen: a task outlives the node that it was for. */
    private final Map<UUID, String> names = new HashMap<>();

    private FleetState fleet = FleetState.EMPTY;

    KnownTasks(OlderTasks older) {
        this.older = older;
    }

    /**
     * @return whether anything could be different now
     */
    boolean take(FleetState next) {
        boolean same = next.tasks().equals(fleet.tasks()) && next.agents().equals(fleet.agents());
        fleet = next;
        return !same;
    }

    /** Brings all rows up to date, in place. */
    void update() {
        fleet.agents().values().forEach(agent -> names.put(agent.id(), name(agent)));
        if (byId.keySet().removeIf(id -> !isKnown(id))) {
            // What the poll dropped can be fetched again, and no gap may stay.
            older.restart();
        }
        older.tasks().values().stream()
                .filter(task -> !fleet.tasks().containsKey(task.id()))
                .forEach(this::update);
        fleet.tasks().values().forEach(this::update);
    }

    private boolean isKnown(UUID id) {
        return fleet.tasks().containsKey(id) || older.tasks().containsKey(id);
    }

    private void update(Task task) {
        String name = name(task.agentId());
        TaskRow row = byId.get(task.id());
        if (row == null) {
            byId.put(task.id(), new TaskRow(TaskFacts.of(task, name)));
        } else if (!row.now().task().equals(task) || !row.now().node().equals(name)) {
            row.show(TaskFacts.of(task, name));
        }
    }

    private static String name(Agent agent) {
        String custom = agent.customName();
        return custom == null || custom.isBlank() ? agent.machineName() : custom;
    }

    private String name(UUID id) {
        return names.getOrDefault(id, TaskActs.shortId(id));
    }

    /** Whether there was a first answer. */
    boolean hasBegun() {
        return fleet.version() != FleetState.NO_VERSION;
    }

    Collection<TaskRow> rows() {
        return byId.values();
    }

    @Nullable TaskRow row(UUID id) {
        return byId.get(id);
    }

    Set<UUID> ids() {
        return byId.keySet();
    }

    List<TaskFacts> facts() {
        return byId.values().stream().map(TaskRow::now).toList();
    }

    /** Models of all tasks, in order. */
    List<ModelName> models() {
        return byId.values().stream()
                .map(row -> row.now().task().modelName())
                .distinct()
                .sorted()
                .toList();
    }

    /** Nodes that are in the fleet now. */
    Set<UUID> nodeIds() {
        return fleet.agents().keySet();
    }

    /** Nodes that are in the fleet now, in the order of their names. */
    Map<UUID, String> nodes() {
        Map<UUID, String> sorted = new LinkedHashMap<>();
        fleet.agents().keySet().stream()
                .sorted(Comparator.comparing(this::name, String.CASE_INSENSITIVE_ORDER))
                .forEach(id -> sorted.put(id, name(id)));
        return sorted;
    }
}
