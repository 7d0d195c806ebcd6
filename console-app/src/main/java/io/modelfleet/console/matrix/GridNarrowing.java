package io.modelfleet.console.matrix;

import io.modelfleet.protocol.ModelName;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** The nodes and models of a grid that are worth a look. */
record GridNarrowing(Set<UUID> nodes, Set<ModelName> models) {
    private static final int GROUPS = 3;

    static GridNarrowing of(Grid grid, Show show, Instant now) {
        GridNarrowing kept = new GridNarrowing(new HashSet<>(), new HashSet<>());
        switch (show) {
            case ALL -> {
                grid.rows().forEach(node -> kept.nodes().add(node.id()));
                grid.columns().forEach(model -> kept.models().add(model.name()));
            }
            case ACTIVE -> kept.addTasks(grid, Cell.Kind::isActive, now);
            case FAILED -> kept.addTasks(grid, kind -> kind == Cell.Kind.FAILED, now);
            case DIFFERENCES -> kept.addDifferences(grid, now);
        }
        return kept;
    }

    private void addTasks(Grid grid, Predicate<Cell.Kind> wanted, Instant now) {
        for (CellKey key : grid.newest().keySet()) {
            Position at = grid.find(key);
            if (at != null && wanted.test(grid.cell(at.row(), at.column(), now).kind())) {
                nodes.add(key.node());
                models.add(key.model());
            }
        }
    }

    private void addDifferences(Grid grid, Instant now) {
        int rows = grid.rows().size();
        byte[] groups = new byte[rows];
        for (int column = 0; column < grid.columns().size(); column++) {
            int[] counts = new int[GROUPS];
            for (int row = 0; row < rows; row++) {
                groups[row] = group(grid.cell(row, column, now).kind());
                counts[groups[row]]++;
            }
            addDifferences(grid, column, groups, counts);
        }
    }

    private void addDifferences(Grid grid, int column, byte[] groups, int[] counts) {
        int common = 0;
        for (int group = 1; group < GROUPS; group++) {
            if (counts[group] > counts[common]) {
                common = group;
            }
        }
        if (counts[common] == groups.length) {
            return;
        }
        models.add(grid.columns().get(column).name());
        for (int row = 0; row < groups.length; row++) {
            if (groups[row] != common) {
                nodes.add(grid.rows().get(row).id());
            }
        }
    }

    private static byte group(Cell.Kind kind) {
        return switch (kind) {
            case INSTALLED -> 0;
            case OLD -> 1;
            case QUEUED,
                    DOWNLOADING,
                    VERIFYING,
                    REMOVING,
                    FAILED,
                    ABSENT,
                    TOO_BIG_FOR_GPU,
                    TOO_BIG_FOR_DISK ->
                    2;
        };
    }
}
