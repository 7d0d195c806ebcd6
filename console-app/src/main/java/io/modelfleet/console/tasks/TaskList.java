package io.modelfleet.console.tasks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The rows in the order in which they are shown. A row keeps its place until the operator sorts or
 * filters, however its figures change; while the operator reads below the top, new rows wait.
 */
final class TaskList {
    private static final Comparator<TaskRow> NEWEST_FIRST =
            Comparator.<TaskRow, Instant>comparing(row -> row.now().task().createdAt())
                    .reversed()
                    .thenComparing(TaskRow::id);

    private final Predicate<TaskFacts> wanted;
    private final Predicate<UUID> asked;
    private final ObservableList<TaskRow> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Comparator<TaskRow>> order =
            new SimpleObjectProperty<>();
    private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
    private List<TaskRow> all = List.of();
    private List<TaskRow> selected = List.of();
    private boolean reading;

    /**
     * @param wanted what the filters let through
     * @param asked whether the operator asked for a task by going to the end of the list: such rows
     *     never wait
     */
    TaskList(Predicate<TaskFacts> wanted, Predicate<UUID> asked) {
        this.wanted = wanted;
        this.asked = asked;
        order.addListener((property, before, now) -> arrange(all));
    }

    ObservableList<TaskRow> rows() {
        return rows;
    }

    /** What the table's headers ask for; absent puts the newest first. */
    ObjectProperty<@Nullable Comparator<TaskRow>> order() {
        return order;
    }

    /** How many new rows wait until the operator is back at the top. */
    ReadOnlyIntegerProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    List<TaskRow> selected() {
        return selected;
    }

    void selected(List<TaskRow> chosen) {
        selected = List.copyOf(chosen);
    }

    /** Whether the operator has scrolled away from the top. */
    void reading(boolean now) {
        if (reading != now) {
            reading = now;
            merge();
        }
    }

    /** Something about the tasks has changed. */
    void update(Collection<TaskRow> known) {
        all = List.copyOf(known);
        merge();
    }

    /** Filters and sorts anew. */
    void arrange(Collection<TaskRow> known) {
        all = List.copyOf(known);
        waiting.set(0);
        StableRows.sync(
                rows,
                all.stream().filter(row -> wanted.test(row.now())).sorted(comparator()).toList());
    }

    private Comparator<TaskRow> comparator() {
        Comparator<TaskRow> chosen = order.get();
        return chosen == null ? NEWEST_FIRST : chosen.thenComparing(NEWEST_FIRST);
    }

    private void merge() {
        Set<TaskRow> known = new HashSet<>(all);
        LinkedHashSet<TaskRow> kept = new LinkedHashSet<>();
        rows.stream().filter(row -> known.contains(row) && stays(row)).forEach(kept::add);
        List<TaskRow> added =
                all.stream()
                        .filter(row -> !kept.contains(row) && wanted.test(row.now()))
                        .sorted(comparator())
                        .toList();
        List<TaskRow> shown =
                reading ? added.stream().filter(row -> asked.test(row.id())).toList() : added;
        waiting.set(added.size() - shown.size());
        StableRows.sync(rows, merged(List.copyOf(kept), shown));
    }

    /** A row that is looked at does not vanish because its task went on. */
    private boolean stays(TaskRow row) {
        return reading || selected.contains(row) || wanted.test(row.now());
    }

    /** Puts new rows where they belong and leaves the others in the order that they have. */
    private List<TaskRow> merged(List<TaskRow> kept, List<TaskRow> added) {
        List<TaskRow> merged = new ArrayList<>(kept.size() + added.size());
        int next = 0;
        for (TaskRow row : kept) {
            while (next < added.size() && comparator().compare(added.get(next), row) < 0) {
                merged.add(added.get(next++));
            }
            merged.add(row);
        }
        merged.addAll(added.subList(next, added.size()));
        return merged;
    }
}
