package io.modelfleet.console.nodes;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns are shown: those that the operator wants, as long as there is room for them. What
 * the operator asked for by hand comes before what is merely there by default.
 */
final class ColumnChoice {
    private final Set<Column> unwanted = EnumSet.noneOf(Column.class);
    private final Set<Column> asked = new LinkedHashSet<>();

    boolean isWanted(Column column) {
        return !unwanted.contains(column);
    }

    /** The name always stays: a row without one is nobody. */
    void want(Column column, boolean wanted) {
        if (wanted) {
            unwanted.remove(column);
            asked.add(column);
        } else if (column != Column.NAME) {
            unwanted.add(column);
            asked.remove(column);
        }
    }

    /**
     * The columns to show.
     *
     * @param width what the table has for them, pixels
     */
    Set<Column> fitting(double width) {
        Set<Column> shown = EnumSet.of(Column.NAME);
        double left = width - Column.NAME.width();
        for (Column column : byImportance()) {
            boolean open = !shown.contains(column) && !unwanted.contains(column);
            if (open && column.width() <= left) {
                shown.add(column);
                left -= column.width();
            }
        }
        return shown;
    }

    private List<Column> byImportance() {
        List<Column> all = new ArrayList<>(asked);
        all.addAll(List.of(Column.values()));
        return all;
    }
}
