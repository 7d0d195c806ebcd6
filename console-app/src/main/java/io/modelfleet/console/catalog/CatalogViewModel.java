package io.modelfleet.console.catalog;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.ModelName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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

/** Which models are listed, which nodes could run them, and what is distributed from here. */
final class CatalogViewModel {
    private final PageContext context;
    private final AvailableList available;
    private final Map<ModelName, CatalogRow> byName = new LinkedHashMap<>();
    private final ObservableList<CatalogRow> all = FXCollections.observableArrayList();
    private final FilteredList<CatalogRow> matching = new FilteredList<>(all);
    private final SortedList<CatalogRow> rows = new SortedList<>(matching);
    private final StringProperty search = new SimpleStringProperty("");
    private final StringProperty typed = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<NameVerdict> verdict =
            new ReadOnlyObjectWrapper<>(NameVerdict.NONE);
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private final ObjectProperty<@Nullable CatalogRow> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable Detail> detail = new ReadOnlyObjectWrapper<>();
    private FleetState fleet = FleetState.EMPTY;
    private boolean shown;

    /** One model, and how it suits each node. */
    record Detail(CatalogFacts facts, List<NodeFit> nodes) {}

    /**
     * What is to be said about a typed name.
     *
     * @param name present when it can be distributed
     */
    record NameVerdict(@Nullable ModelName name, String text) {
        static final NameVerdict NONE = new NameVerdict(null, "");
    }

    CatalogViewModel(PageContext context) {
        this.context = context;
        this.available = new AvailableList(context, this::update);
        search.subscribe(this::filter);
        typed.subscribe(text -> check());
        selected.subscribe(row -> showDetail());
    }

    ObservableList<CatalogRow> rows() {
        return rows;
    }

    /** How the rows are ordered; by name where the operator asked for nothing. */
    ObjectProperty<Comparator<? super CatalogRow>> order() {
        return rows.comparatorProperty();
    }

    StringProperty search() {
        return search;
    }

    /** The name of any model, listed or not, as the operator types it. */
    StringProperty typed() {
        return typed;
    }

    ReadOnlyObjectProperty<NameVerdict> verdict() {
        return verdict.getReadOnlyProperty();
    }

    ReadOnlyStringProperty count() {
        return count.getReadOnlyProperty();
    }

    AvailableList available() {
        return available;
    }

    ObjectProperty<@Nullable CatalogRow> selected() {
        return selected;
    }

    ReadOnlyObjectProperty<@Nullable Detail> detail() {
        return detail.getReadOnlyProperty();
    }

    void onFleet(FleetState now) {
        boolean same = now.agents().equals(fleet.agents()) && now.models().equals(fleet.models());
        fleet = now;
        // Models times nodes is too much for every second in which nobody looks.
        if (!same && shown) {
            update();
        }
    }

    void shown(boolean now) {
        shown = now;
        if (now) {
            update();
            available.refresh();
        }
    }

    /** The language may have changed: says everything anew. */
    void say() {
        available.say();
        countRows();
        check();
    }

    private void update() {
        Map<ModelName, CatalogEntry> entries = CatalogEntry.all(available.models(), fleet);
        all.removeIf(row -> !entries.containsKey(row.name()) && byName.remove(row.name(), row));
        entries.values().forEach(this::update);
        if (matching.stream().anyMatch(row -> !matches(row))) {
            filter(search.get());
        }
        countRows();
        check();
        showDetail();
    }

    private void update(CatalogEntry entry) {
        CatalogFacts facts = CatalogFacts.of(entry, fleet);
        CatalogRow row = byName.get(entry.name());
        if (row == null) {
            row = new CatalogRow(facts);
            byName.put(entry.name(), row);
            all.add(row);
        } else {
            row.show(facts);
        }
    }

    private boolean matches(CatalogRow row) {
        return row.now().entry().matches(search.get());
    }

    private void filter(String words) {
        matching.setPredicate(this::matches);
        countRows();
    }

    private void countRows() {
        count.set(
                matching.size() == all.size()
                        ? context.text("catalog.count", all.size())
                        : context.text("catalog.count.some", matching.size(), all.size()));
    }

    private void check() {
        String problem = NameCheck.problem(typed.get(), context.messages());
        if (typed.get().isBlank() || !problem.isEmpty()) {
            verdict.set(new NameVerdict(null, problem));
            return;
        }
        NameCheck.name(typed.get())
                .ifPresent(name -> verdict.set(new NameVerdict(name, tell(name))));
    }

    private String tell(ModelName name) {
        CatalogRow row = byName.get(name);
        if (row == null) {
            return context.text("catalog.name.unlisted", name.host());
        }
        CatalogFacts facts = row.now();
        return facts.entry().size() == null
                ? context.text("catalog.name.listed")
                : context.text(
                        "catalog.name.fits",
                        context.formats().bytes(facts.entry().size()),
                        facts.able(),
                        facts.nodes());
    }

    private void showDetail() {
        CatalogRow row = selected.get();
        detail.set(
                row == null || !byName.containsKey(row.name())
                        ? null
                        : new Detail(row.now(), NodeFit.all(row.now().entry(), fleet)));
    }

    /** What is listed, whatever is searched for. */
    Stream<ModelName> names() {
        return byName.keySet().stream();
    }

    /** The row of a model, with the search taken away that hides it; absent for an unknown one. */
    @Nullable CatalogRow reveal(ModelName name) {
        CatalogRow row = byName.get(name);
        if (row != null && !rows.contains(row)) {
            search.set("");
        }
        return row;
    }

    void distribute(ModelName name) {
        context.distribution().choose(name, List.<UUID>of());
    }

    /** Distributes what was typed, once it is a name. */
    void distributeTyped() {
        ModelName name = verdict.get().name();
        if (name != null) {
            distribute(name);
        }
    }
}
