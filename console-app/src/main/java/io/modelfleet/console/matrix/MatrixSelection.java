package io.modelfleet.console.matrix;

import io.modelfleet.protocol.ModelName;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The cursor and the selected cells. Both stay with their nodes and models when rows and columns
 * come and go.
 */
final class MatrixSelection {
    private final ReadOnlyObjectWrapper<@Nullable Position> cursor = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Set<CellKey>> cells = new ReadOnlyObjectWrapper<>(Set.of());
    private Grid grid = Grid.EMPTY;
    private @Nullable UUID node;
    private @Nullable ModelName model;

    /** Where a block begins that Shift or a drag draws. */
    private @Nullable CellKey anchor;

    /** Absent until the operator has first gone somewhere. */
    ReadOnlyObjectProperty<@Nullable Position> cursor() {
        return cursor.getReadOnlyProperty();
    }

    /** Immutable; in the order in which they were selected. */
    ReadOnlyObjectProperty<Set<CellKey>> cells() {
        return cells.getReadOnlyProperty();
    }

    /** Other rows and columns are shown: the cursor follows its own. */
    void onGrid(Grid next) {
        grid = next;
        Position before = cursor.get();
        if (before == null) {
            return;
        }
        int row = node == null ? Position.HEADER : grid.rowOf(node);
        int column = model == null ? Position.HEADER : grid.columnOf(model);
        goTo(
                node != null && row < 0 ? before.row() : row,
                model != null && column < 0 ? before.column() : column);
    }

    /** Moves the cursor, as far as the grid goes; the headers are a part of it. */
    void goTo(int row, int column) {
        if (grid.isEmpty()) {
            cursor.set(null);
            return;
        }
        int toRow = Math.clamp(row, Position.HEADER, grid.rows().size() - 1);
        int toColumn = Math.clamp(column, Position.HEADER, grid.columns().size() - 1);
        if (toRow < 0 && toColumn < 0) {
            return;
        }
        node = toRow < 0 ? null : grid.rows().get(toRow).id();
        model = toColumn < 0 ? null : grid.columns().get(toColumn).name();
        cursor.set(new Position(toRow, toColumn));
    }

    /** Moves the cursor to a node, by its id, or to a model, by its name; stays for others. */
    void goTo(String target) {
        Position from = cursor.get();
        for (int row = 0; row < grid.rows().size(); row++) {
            if (grid.rows().get(row).id().toString().equals(target)) {
                goTo(row, from == null ? 0 : from.column());
            }
        }
        for (int column = 0; column < grid.columns().size(); column++) {
            if (grid.columns().get(column).name().toString().equals(target)) {
                goTo(from == null ? 0 : from.row(), column);
            }
        }
    }

    /**
     * Moves the cursor by so many rows and columns.
     *
     * @param extend whether the block from where the cursor was is selected
     */
    void move(int rows, int columns, boolean extend) {
        Position from = cursor.get();
        if (from == null) {
            goTo(0, 0);
        } else if (extend) {
            extendTo(
                    new Position(
                            Math.max(0, from.row() + rows), Math.max(0, from.column() + columns)));
        } else {
            anchor = null;
            // Page Up stops at the first node; only one more step leads to the header.
            boolean leaps = Math.abs(rows) > 1 && from.row() > 0;
            goTo(
                    leaps ? Math.max(0, from.row() + rows) : from.row() + rows,
                    from.column() + columns);
        }
    }

    /** Selects the block between the anchor, or the cursor where there is none, and a cell. */
    void extendTo(Position corner) {
        Position from = cursor.get();
        if (grid.isEmpty()) {
            return;
        }
        if (anchor == null || grid.find(anchor) == null) {
            Position start = from == null || !from.isCell() ? corner : from;
            anchorAt(start);
        }
        goTo(corner.row(), corner.column());
        Position end = cursor.get();
        Position begin = anchor == null ? null : grid.find(anchor);
        if (begin != null && end != null && end.isCell()) {
            cells.set(block(begin, end));
        }
    }

    /** The next block begins here. */
    void anchorAt(Position at) {
        int row = Math.clamp(at.row(), 0, grid.rows().size() - 1);
        int column = Math.clamp(at.column(), 0, grid.columns().size() - 1);
        anchor = grid.key(row, column);
    }

    /** Adds the cell to the selection, or takes it out. */
    void toggle(Position at) {
        if (!at.isCell()) {
            return;
        }
        CellKey key = grid.key(at.row(), at.column());
        Set<CellKey> next = new LinkedHashSet<>(cells.get());
        if (!next.remove(key)) {
            next.add(key);
        }
        anchor = key;
        cells.set(next);
    }

    /**
     * @return whether anything was selected
     */
    boolean clear() {
        anchor = null;
        if (cells.get().isEmpty()) {
            return false;
        }
        cells.set(Set.of());
        return true;
    }

    private Set<CellKey> block(Position a, Position b) {
        Set<CellKey> block = new LinkedHashSet<>();
        for (int row = Math.min(a.row(), b.row()); row <= Math.max(a.row(), b.row()); row++) {
            for (int column = Math.min(a.column(), b.column());
                    column <= Math.max(a.column(), b.column());
                    column++) {
                block.add(grid.key(row, column));
            }
        }
        return block;
    }
}
