package io.modelfleet.console.matrix;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** Which cells are shown, where the cursor is, what is selected, and what is done to it. */
final class MatrixViewModel {
    private final PageContext context;
    private final CellText words;
    private final CellActs acts;
    private final Distributing distributing;
    private final GridFeed feed;
    private final MatrixSelection selection = new MatrixSelection();
    private final StringProperty filter = new SimpleStringProperty("");
    private final ObjectProperty<Show> show = new SimpleObjectProperty<>(Show.ALL);
    private final Map<ModelName, Long> added = new TreeMap<>();
    private final Set<ModelName> hidden = new TreeSet<>();
    private final ReadOnlyObjectWrapper<Grid> grid = new ReadOnlyObjectWrapper<>(Grid.EMPTY);
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Distributing.Plan> plan =
            new ReadOnlyObjectWrapper<>(new Distributing.Plan(List.of(), 0, 0));
    private FleetState fleet = FleetState.EMPTY;
    private boolean shown;
    private boolean outdated;

    /** Where the cursor shall go once the grid is there that shows it. */
    private @Nullable String goal;

    MatrixViewModel(PageContext context) {
        this.context = context;
        this.words = new CellText(context);
        this.acts = new CellActs(context, this::touch);
        this.distributing = new Distributing(context);
        this.feed = new GridFeed(context.threads(), this::built);
        filter.subscribe(text -> rebuild());
        show.subscribe(wanted -> rebuild());
        selection.cells().subscribe(cells -> showPlan());
        selection.cursor().subscribe(cursor -> showStatus());
    }

    StringProperty filterText() {
        return filter;
    }

    ObjectProperty<Show> show() {
        return show;
    }

    ReadOnlyObjectProperty<Grid> grid() {
        return grid.getReadOnlyProperty();
    }

    /** Counts up when cells must be painted again though the grid is the same. */
    ReadOnlyIntegerProperty changes() {
        return changes.getReadOnlyProperty();
    }

    /** "12 nodes × 9 models". */
    ReadOnlyStringProperty count() {
        return count.getReadOnlyProperty();
    }

    /** What is under the cursor, in words; empty before the cursor was first moved. */
    ReadOnlyStringProperty status() {
        return status.getReadOnlyProperty();
    }

    /** What the selected cells would become. */
    ReadOnlyObjectProperty<Distributing.Plan> plan() {
        return plan.getReadOnlyProperty();
    }

    /** Key of the text that says why there may be nothing to see. */
    String emptiness() {
        if (grid.get().fleet().agents().isEmpty()) {
            return "matrix.empty";
        }
        boolean narrowed = !filter.get().isBlank() || show.get() != Show.ALL;
        return narrowed ? "matrix.empty.filtered" : "matrix.empty.models";
    }

    MatrixSelection selection() {
        return selection;
    }

    CellText words() {
        return words;
    }

    void onFleet(FleetState now) {
        fleet = now;
        acts.onTasks(now.tasks());
        outdated = true;
        if (shown) {
            rebuild();
        }
    }

    /** A page that nobody sees does not follow the fleet. */
    void onShown(boolean now) {
        shown = now;
        if (shown && outdated) {
            rebuild();
        }
    }

    /** Says everything anew, in the language that is chosen now. */
    void speak() {
        rebuild();
    }

    void onTick() {
        touch();
    }

    private void rebuild() {
        outdated = false;
        feed.ask(
                fleet,
                new Grid.Wish(
                        MatrixFilter.parse(filter.get()),
                        show.get(),
                        Map.copyOf(added),
                        Set.copyOf(hidden)),
                now());
    }

    private void built(Grid next) {
        grid.set(next);
        selection.onGrid(next);
        if (feed.isUpToDate() && goal != null) {
            selection.goTo(goal);
            goal = null;
        }
        count.set(context.text("matrix.count", next.rows().size(), next.columns().size()));
        showPlan();
        touch();
    }

    private void touch() {
        showStatus();
        changes.set(changes.get() + 1);
    }

    private void showStatus() {
        Position at = selection.cursor().get();
        status.set(at == null ? "" : sentence(at));
    }

    private void showPlan() {
        plan.set(Distributing.plan(grid.get(), selection.cells().get(), now()));
    }

    Instant now() {
        return context.clock().instant();
    }

    /** What a cell shows now. */
    Cell cell(int row, int column) {
        Cell cell = grid.get().cell(row, column, now());
        return acts.isAsked(grid.get().key(row, column)) ? cell.asked() : cell;
    }

    /** What is somewhere, in words. */
    String sentence(Position at) {
        Grid now = grid.get();
        if (at.isModelHeader()) {
            return words.sentence(now.columns().get(at.column()), now.fleet().agents().size());
        }
        return at.isNodeHeader()
                ? words.sentence(now.rows().get(at.row()))
                : words.sentence(target(at));
    }

    /** A cell as it is now, to do something to it. */
    Target target(Position at) {
        Grid now = grid.get();
        return new Target(
                now.rows().get(at.row()),
                now.columns().get(at.column()),
                cell(at.row(), at.column()));
    }

    /** Whether a click on this cell does something at once. */
    boolean isAtOnce(Position at) {
        return at.isCell()
                && Act.isAtOnce(grid.get().rows().get(at.row()), cell(at.row(), at.column()));
    }

    void perform(Act act, Target target) {
        acts.perform(act, target);
    }

    /** Distributes a model to the nodes shown that lack it, after asking. */
    void distributeColumn(ModelName model) {
        int column = grid.get().columnOf(model);
        if (column >= 0) {
            distributing.column(grid.get(), column, now());
        }
    }

    /** Distributes the selected models to the selected nodes. */
    void distributeSelection() {
        distributing.send(plan.get().requests());
        selection.clear();
    }

    /** Opens the dialog, for the nodes that are selected where there are any. */
    void chooseModel() {
        List<UUID> nodes = selection.cells().get().stream().map(CellKey::node).distinct().toList();
        context.distribution().choose(null, nodes);
    }

    /** Gives a model a column before any node has it. */
    void addColumn(ModelName model, @Nullable Long size) {
        hidden.remove(model);
        added.put(model, size == null ? 0 : size);
        goTo(model.toString());
    }

    void hideColumn(ModelName model) {
        added.remove(model);
        hidden.add(model);
        rebuild();
    }

    /** Shows a node, by its id, or a model, by its name, whatever the filters are. */
    void goTo(String target) {
        filter.set("");
        show.set(Show.ALL);
        goal = target;
        rebuild();
    }

    /** All models that a node holds, for the palette. */
    List<ModelName> models() {
        return fleet.models().values().stream()
                .flatMap(held -> held.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
