package io.modelfleet.console.tasks;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Which tasks are known and wanted, which are selected, and what is done to them. */
final class TasksViewModel {
    private final PageContext context;
    private final OlderTasks older;
    private final TaskActs acts;
    private final TaskExport export;
    private final TaskList list;
    private final Map<UUID, TaskRow> byId = new LinkedHashMap<>();
    private final Map<UUID, String> names = new HashMap<>();

    private final ObjectProperty<TaskGroup> group = new SimpleObjectProperty<>(TaskGroup.ALL);
    private final ObjectProperty<@Nullable UUID> node = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable ModelName> model = new SimpleObjectProperty<>();
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Counts> counts =
            new ReadOnlyObjectWrapper<>(new Counts(Map.of(), 0, 0));
    private final ReadOnlyObjectWrapper<@Nullable TaskFacts> detail = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Instant> now;
    private final ObservableList<ModelName> models = FXCollections.observableArrayList();
    private TaskFilter wanted = TaskFilter.of(null, null, "");
    private FleetState fleet = FleetState.EMPTY;
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
        this.context = context;
        this.older = new OlderTasks(context);
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

    /** Models of all known tasks, in order. */
    ObservableList<ModelName> models() {
        return models;
    }

    /** All nodes by name. */
    Map<UUID, String> nodes() {
        Map<UUID, String> sorted = new LinkedHashMap<>();
        fleet.agents().keySet().stream()
                .sorted(Comparator.comparing(this::name, String.CASE_INSENSITIVE_ORDER))
                .forEach(id -> sorted.put(id, name(id)));
        return sorted;
    }

    void onFleet(FleetState next) {
        boolean same = next.tasks().equals(fleet.tasks()) && next.agents().equals(fleet.agents());
        fleet = next;
        if (!same) {
            update();
        }
    }

    void onTick(Instant time) {
        now.set(time);
    }

    private void update() {
        fleet.agents().values().forEach(agent -> names.put(agent.id(), name(agent)));
        if (byId.keySet()
                .removeIf(id -> !fleet.tasks().containsKey(id) && !older.tasks().containsKey(id))) {
            // What the poll dropped can be fetched again, and no gap may stay.
            older.restart();
        }
        older.tasks().values().stream()
                .filter(task -> !fleet.tasks().containsKey(task.id()))
                .forEach(this::update);
        fleet.tasks().values().forEach(this::update);
        StableRows.sync(
                models,
                byId.values().stream()
                        .map(row -> row.now().task().modelName())
                        .distinct()
                        .sorted()
                        .toList());
        list.update(byId.values());
        afterwards();
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

    private boolean isWanted(TaskFacts facts) {
        return group.get().holds(facts.task().status()) && wanted.test(facts);
    }

    private void filter() {
        barren = false;
        wanted = TaskFilter.of(node.get(), model.get(), text.get());
        older.scope(new OlderTasks.Scope(group.get().only(), node.get(), model.get()));
        list.arrange(byId.values());
        afterwards();
    }

    private void afterwards() {
        count();
        showDetail();
    }

    private void count() {
        Map<TaskGroup, Integer> groups = new EnumMap<>(TaskGroup.class);
        for (TaskRow row : byId.values()) {
            if (wanted.test(row.now())) {
                TaskStatus status = row.now().task().status();
                for (TaskGroup each : TaskGroup.values()) {
                    if (each.holds(status)) {
                        groups.merge(each, 1, Integer::sum);
                    }
                }
            }
        }
        counts.set(new Counts(Map.copyOf(groups), byId.size(), retriable().size()));
    }

    private List<TaskFacts> retriable() {
        return LatestFailures.of(
                byId.values().stream().map(TaskRow::now).toList(), fleet.agents().keySet(), wanted);
    }

    /** Tasks that are under way or went wrong, for whoever looks for them by name. */
    Stream<TaskFacts> open() {
        return byId.values().stream()
                .map(TaskRow::now)
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
        if (fleet.version() != FleetState.NO_VERSION && group.get().hasHistory()) {
            older.load(
                    byId.keySet(),
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
        TaskRow row = byId.get(id);
        if (row != null && !rows().contains(row)) {
            showAll();
            list.arrange(byId.values());
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
        context.call(
                api -> api.task(id),
                task -> {
                    older.add(task);
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
