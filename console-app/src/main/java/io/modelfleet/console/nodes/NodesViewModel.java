package io.modelfleet.console.nodes;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.NodeFilter;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Task;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import org.jspecify.annotations.Nullable;

/** Which nodes are listed in which order, which are selected, and what is done to them. */
final class NodesViewModel {
    private static final Comparator<NodeRow> BY_NAME =
            Comparator.comparing(row -> row.now().name(), String.CASE_INSENSITIVE_ORDER);

    private final PageContext context;
    private final NodeActs acts;
    private final ColumnChoice columns = new ColumnChoice();
    private final Map<UUID, NodeRow> byId = new LinkedHashMap<>();
    private final ObservableList<NodeRow> all = FXCollections.observableArrayList();
    private final FilteredList<NodeRow> matching = new FilteredList<>(all);
    private final SortedList<NodeRow> rows = new SortedList<>(matching);
    private final StringProperty filter = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Comparator<NodeRow>> order =
            new SimpleObjectProperty<>();
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private final ObservableList<NodeRow> selected = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable NodeDetail> detail =
            new ReadOnlyObjectWrapper<>();
    private NodeFilter wanted = NodeFilter.parse("");
    private FleetState fleet = FleetState.EMPTY;

    /** One node, with everything that is known about it. */
    record NodeDetail(NodeFacts facts, Map<ModelName, NodeModel> models, List<Task> tasks) {}

    NodesViewModel(PageContext context) {
        this.context = context;
        this.acts = new NodeActs(context);
        filter.subscribe(this::filter);
        order.subscribe(this::sort);
    }

    /** The rows as they are shown: filtered and in order. */
    ObservableList<NodeRow> rows() {
        return rows;
    }

    StringProperty filterText() {
        return filter;
    }

    /** What the table's headers ask for; absent sorts by name. */
    ObjectProperty<@Nullable Comparator<NodeRow>> order() {
        return order;
    }

    ColumnChoice columns() {
        return columns;
    }

    /** "12 nodes", or "3 of 12 nodes". */
    ReadOnlyStringProperty count() {
        return count.getReadOnlyProperty();
    }

    ObservableList<NodeRow> selected() {
        return selected;
    }

    /** The node that alone is selected. */
    ReadOnlyObjectProperty<@Nullable NodeDetail> detail() {
        return detail.getReadOnlyProperty();
    }

    void onFleet(FleetState now) {
        boolean sameNodes =
                now.agents().equals(fleet.agents()) && now.models().equals(fleet.models());
        fleet = now;
        if (!sameNodes) {
            update();
        }
        showDetail();
    }

    private void update() {
        all.removeIf(row -> !fleet.agents().containsKey(row.id()) && byId.remove(row.id(), row));
        Instant now = context.clock().instant();
        for (Agent agent : fleet.agents().values()) {
            update(agent, now);
        }
        if (matching.size() != all.stream().filter(this::matches).count()
                || !matching.stream().allMatch(this::matches)) {
            filter(filter.get());
        }
        if (!isSorted()) {
            sort();
        }
        countRows();
    }

    private void update(Agent agent, Instant now) {
        int models = fleet.models(agent.id()).size();
        NodeRow row = byId.get(agent.id());
        if (row == null) {
            row = new NodeRow(NodeFacts.of(agent, models));
            byId.put(agent.id(), row);
            all.add(row);
        } else if (!row.now().agent().equals(agent) || row.now().models() != models) {
            row.show(NodeFacts.of(agent, models));
        }
        seen(row, now);
    }

    /** The language may have changed: says everything anew. */
    void say() {
        countRows();
        onTick(context.clock().instant());
    }

    void onTick(Instant now) {
        all.forEach(row -> seen(row, now));
    }

    private void seen(NodeRow row, Instant now) {
        Instant last = row.now().agent().lastSeen();
        row.seen(new NodeRow.Seen(last, context.formats().age(last, now)));
    }

    private boolean matches(NodeRow row) {
        return wanted.test(row.now().agent());
    }

    private void filter(String text) {
        wanted = NodeFilter.parse(text);
        matching.setPredicate(this::matches);
        countRows();
    }

    private Comparator<NodeRow> comparator() {
        Comparator<NodeRow> asked = order.get();
        return asked == null ? BY_NAME : asked.thenComparing(BY_NAME);
    }

    /** Rows move only where their order is wrong: a table that re-sorts always loses its place. */
    private boolean isSorted() {
        Comparator<NodeRow> comparator = comparator();
        for (int i = 1; i < rows.size(); i++) {
            if (comparator.compare(rows.get(i - 1), rows.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private void sort() {
        rows.setComparator(comparator());
    }

    private void countRows() {
        count.set(
                matching.size() == all.size()
                        ? context.text("nodes.count", all.size())
                        : context.text("nodes.count.some", matching.size(), all.size()));
    }

    /** Takes over what is selected in the table. */
    void select(List<NodeRow> chosen) {
        selected.setAll(chosen);
        showDetail();
    }

    /** The row of a node, where it is listed. */
    @Nullable NodeRow row(String id) {
        return rows.stream().filter(row -> row.id().toString().equals(id)).findFirst().orElse(null);
    }

    private void showDetail() {
        if (selected.size() != 1 || !byId.containsKey(selected.getFirst().id())) {
            detail.set(null);
            return;
        }
        NodeRow row = selected.getFirst();
        detail.set(new NodeDetail(row.now(), fleet.models(row.id()), fleet.tasksOf(row.id())));
    }

    void distribute() {
        acts.distribute(selected);
    }

    /** Pauses or resumes the selected nodes. */
    void schedulable(boolean wish) {
        acts.schedulable(selected, wish);
    }

    /** Removes the selected nodes, after asking. */
    void remove() {
        acts.remove(List.copyOf(selected));
    }
}
