package io.modelfleet.console.matrix;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and models that are shown, in order. Cells are made when they are looked at: a large
 * fleet has hundreds of thousands, a window shows a few hundred. Immutable.
 */
final class Grid {
    private static final Comparator<Agent> BY_NAME =
            Comparator.comparing(Grid::name, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(Agent::id);

    static final Grid EMPTY = Grid.of(FleetState.EMPTY, Wish.EVERYTHING, Instant.EPOCH);

    private final FleetState fleet;
    private final Map<CellKey, Task> newest;
    private final List<Agent> rows;
    private final List<ModelColumn> columns;
    private final Map<UUID, Integer> rowOf = new HashMap<>();
    private final Map<ModelName, Integer> columnOf = new HashMap<>();

    /**
     * What an operator wants to see.
     *
     * @param added see {@link ModelColumns#of}
     * @param hidden see {@link ModelColumns#of}
     */
    record Wish(MatrixFilter filter, Show show, Map<ModelName, Long> added, Set<ModelName> hidden) {
        static final Wish EVERYTHING = new Wish(MatrixFilter.ALL, Show.ALL, Map.of(), Set.of());
    }

    private Grid(
            FleetState fleet,
            Map<CellKey, Task> newest,
            List<Agent> rows,
            List<ModelColumn> columns) {
        this.fleet = fleet;
        this.newest = newest;
        this.rows = rows;
        this.columns = columns;
        for (int row = 0; row < rows.size(); row++) {
            rowOf.put(rows.get(row).id(), row);
        }
        for (int column = 0; column < columns.size(); column++) {
            columnOf.put(columns.get(column).name(), column);
        }
    }

    static Grid of(FleetState fleet, Wish wish, Instant now) {
        Map<CellKey, Task> newest = newest(fleet);
        List<ModelColumn> columns =
                ModelColumns.of(fleet, newest, wish.added(), wish.hidden()).stream()
                        .filter(wish.filter()::test)
                        .toList();
        List<Agent> rows =
                fleet.agents().values().stream()
                        .filter(wish.filter()::test)
                        .sorted(BY_NAME)
                        .toList();
        Grid all = new Grid(fleet, newest, rows, columns);
        return wish.show() == Show.ALL ? all : all.only(GridNarrowing.of(all, wish.show(), now));
    }

    private static Map<CellKey, Task> newest(FleetState fleet) {
        Map<CellKey, Task> newest = HashMap.newHashMap(fleet.tasks().size());
        for (Task task : fleet.tasks().values()) {
            newest.merge(
                    new CellKey(task.agentId(), task.modelName()),
                    task,
                    (a, b) -> a.createdAt().isAfter(b.createdAt()) ? a : b);
        }
        return newest;
    }

    private Grid only(GridNarrowing kept) {
        return new Grid(
                fleet,
                newest,
                rows.stream().filter(node -> kept.nodes().contains(node.id())).toList(),
                columns.stream().filter(model -> kept.models().contains(model.name())).toList());
    }

    /** The operator's name for a node, or the machine's own. */
    static String name(Agent node) {
        String custom = node.customName();
        return custom == null || custom.isBlank() ? node.machineName() : custom;
    }

    FleetState fleet() {
        return fleet;
    }

    List<Agent> rows() {
        return rows;
    }

    List<ModelColumn> columns() {
        return columns;
    }

    /** Cells with a task, and the newest task of each; also those that are not shown. */
    Map<CellKey, Task> newest() {
        return newest;
    }

    boolean isEmpty() {
        return rows.isEmpty() || columns.isEmpty();
    }

    /** Where a node is, {@link Position#HEADER} when it is not shown. */
    int rowOf(UUID node) {
        return rowOf.getOrDefault(node, Position.HEADER);
    }

    /** Where a model is, {@link Position#HEADER} when it is not shown. */
    int columnOf(ModelName model) {
        return columnOf.getOrDefault(model, Position.HEADER);
    }

    /** Where a cell is, absent when it is not shown. */
    @Nullable Position find(CellKey key) {
        Position found = new Position(rowOf(key.node()), columnOf(key.model()));
        return found.isCell() ? found : null;
    }

    CellKey key(int row, int column) {
        return new CellKey(rows.get(row).id(), columns.get(column).name());
    }

    Cell cell(int row, int column, Instant now) {
        Agent node = rows.get(row);
        ModelColumn model = columns.get(column);
        return Cell.of(
                node,
                model,
                fleet.models(node.id()).get(model.name()),
                newest.get(new CellKey(node.id(), model.name())),
                now);
    }
}
