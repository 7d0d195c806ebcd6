package io.modelfleet.console.tasks;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Which tasks are known and wanted, which are selected, and what is done to them. */
final class TasksViewModel {
    private final OlderTasks older;
    private final TaskActs acts;
    private final TaskExport export;
    private final TaskList list;
    private final KnownTasks known;

    private final ObjectProperty<TaskGroup> group = new SimpleObjectProperty<>(TaskGroup.ALL);
    private final ObjectProperty<@Nullable UUID> node = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable ModelName> model = new SimpleObjectProperty<>();
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Counts> counts =
            new ReadOnlyObjectWrapper<>(new Counts(Map.of(), 0, 0));
    private final ReadOnlyObjectWrapper<@Nullable TaskFacts> detail = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Instant> now;
    private TaskFilter wanted = TaskFilter.of(null, null, "");
    private boolean barren;

    /**
     * How many tasks there are.
     *
     * @param groups of those that the filter lets through, whatever chip is chosen
     * @param all known ones
     * @param retriable what "retry all failed" would retry
     */
    record Counts(Map<TaskGroup, Integer> groups, int all, int retriable) {
        int of(TaskGroup group) {
            return groups.getOrDefault(group, 0);
        }
    }

    TasksViewModel(PageContext context, TaskExport.FileChoice choice) {
        this.older = new OlderTasks(context);
        this.known = new KnownTasks(older);
        this.acts = new TaskActs(context);
        this.export = new TaskExport(context, choice);
        this.list = new TaskList(this::isWanted, older.tasks()::containsKey);
        this.now = new ReadOnlyObjectWrapper<>(context.clock().instant());
        List.<ObservableValue<?>>of(group, node, model, text)
                .forEach(input -> input.addListener((all, before, after) -> filter()));
    }

    ObservableList<TaskRow> rows() {
        return list.rows();
    }

    /** The rows in their order, and what is held back while the operator reads. */
    TaskList list() {
        return list;
    }

    OlderTasks older() {
        return older;
    }

    ObjectProperty<TaskGroup> group() {
        return group;
    }

    /** Absent lets all nodes through. */
    ObjectProperty<@Nullable UUID> node() {
        return node;
    }

    /** Absent lets all models through. */
    ObjectProperty<@Nullable ModelName> model() {
        return model;
    }

    StringProperty filterText() {
        return text;
    }

    ReadOnlyObjectProperty<Counts> counts() {
        return counts.getReadOnlyProperty();
    }

    /** The task that alone is selected. */
    ReadOnlyObjectProperty<@Nullable TaskFacts> detail() {
        return detail.getReadOnlyProperty();
    }

    /** The time that ages are reckoned to. */
    ReadOnlyObjectProperty<Instant> now() {
        return now.getReadOnlyProperty();
    }

    KnownTasks known() {
        return known;
    }

    void onFleet(FleetState next) {
        if (known.take(next)) {
            update();
        }
    }

    void onTick(Instant time) {
        now.set(time);
    }

    private void update() {
        known.update();
        list.update(known.rows());
        afterwards();
    }

    private boolean isWanted(TaskFacts facts) {
        return group.get().holds(facts.task().status()) && wanted.test(facts);
    }

    private void filter() {
        barren = false;
        wanted = TaskFilter.of(node.get(), model.get(), text.get());
        older.scope(new OlderTasks.Scope(group.get().only(), node.get(), model.get()));
        list.arrange(known.rows());
        afterwards();
    }

    private void afterwards() {
        count();
        showDetail();
    }

    private void count() {
        Map<TaskGroup, Integer> groups = new EnumMap<>(TaskGroup.class);
        for (TaskRow row : known.rows()) {
            if (wanted.test(row.now())) {
                TaskStatus status = row.now().task().status();
                for (TaskGroup each : TaskGroup.values()) {
                    if (each.holds(status)) {
                        groups.merge(each, 1, Integer::sum);
                    }
                }
            }
        }
        counts.set(new Counts(Map.copyOf(groups), known.rows().size(), retriable().size()));
    }

    private List<TaskFacts> retriable() {
        return LatestFailures.of(known.facts(), known.nodeIds(), wanted);
    }

    /** Tasks that are under way or went wrong, for whoever looks for them by name. */
    Stream<TaskFacts> open() {
        return known.facts().stream()
                .filter(
                        facts ->
                                facts.canCancel() || TaskGroup.FAILED.holds(facts.task().status()));
    }

    /** Takes over what is selected in the table. */
    void select(List<TaskRow> chosen) {
        list.selected(chosen);
        showDetail();
    }

    private void showDetail() {
        List<TaskRow> selected = list.selected();
        detail.set(selected.size() == 1 ? selected.getFirst().now() : null);
    }

    /** Fetches older tasks, because the operator reached the end or asked for them. */
    void loadOlder() {
        if (known.hasBegun() && group.get().hasHistory()) {
            older.load(
                    known.ids(),
                    found -> {
                        int before = rows().size();
                        update();
                        barren = rows().size() == before;
                    });
        }
    }

    /** Whether going on by itself leads anywhere: the last page had something for the filter. */
    boolean goesOn() {
        return !barren;
    }

    /** The row of a task, with everything that hid it taken away; absent for an unknown one. */
    @Nullable TaskRow reveal(UUID id) {
        TaskRow row = known.row(id);
        if (row != null && !rows().contains(row)) {
            showAll();
            list.arrange(known.rows());
        }
        return row;
    }

    /**
     * Takes all filters away.
     *
     * @return whether there was any
     */
    boolean showAll() {
        boolean narrowed =
                group.get() != TaskGroup.ALL
                        || node.get() != null
                        || model.get() != null
                        || !text.get().isEmpty();
        group.set(TaskGroup.ALL);
        node.set(null);
        model.set(null);
        text.set("");
        return narrowed;
    }

    /** Asks for a task that was finished before this window knew of it. */
    void fetch(UUID id, Runnable then) {
        older.fetch(
                id,
                () -> {
                    update();
                    then.run();
                });
    }

    void cancel() {
        acts.cancel(selected(TaskFacts::canCancel));
    }

    void retry() {
        acts.retry(selected(TaskFacts::canRetry));
    }

    List<TaskFacts> selected(Predicate<TaskFacts> which) {
        return list.selected().stream().map(TaskRow::now).filter(which).toList();
    }

    void retryAllFailed() {
        acts.retryAll(retriable());
    }

    void exportCsv() {
        export.export(rows().stream().map(TaskRow::now).toList());
    }
}
