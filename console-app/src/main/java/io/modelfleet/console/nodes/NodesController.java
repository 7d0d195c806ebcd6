package io.modelfleet.console.nodes;

import io.modelfleet.console.control.Badge;
import io.modelfleet.console.control.Cells;
import io.modelfleet.console.control.EmptyState;
import io.modelfleet.console.control.Meter;
import io.modelfleet.console.control.State;
import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Formats;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.jspecify.annotations.Nullable;

/** Binds the page of all nodes. */
public final class NodesController {
    private static final double ROW_HEIGHT = 36;
    private static final double METER_WIDTH = 40;

    private final NodesViewModel model;
    private final PageContext context;

    @FXML private TextField filter;
    @FXML private Label count;
    @FXML private MenuButton columns;
    @FXML private Button pause;
    @FXML private Button resume;
    @FXML private Button remove;
    @FXML private TableView<NodeRow> table;
    @FXML private TableColumn<NodeRow, String> name;
    @FXML private TableColumn<NodeRow, State> presence;
    @FXML private TableColumn<NodeRow, String> gpus;
    @FXML private TableColumn<NodeRow, NodeFacts> memory;
    @FXML private TableColumn<NodeRow, @Nullable Integer> utilization;
    @FXML private TableColumn<NodeRow, @Nullable Integer> temperature;
    @FXML private TableColumn<NodeRow, @Nullable Long> disk;
    @FXML private TableColumn<NodeRow, Integer> models;
    @FXML private TableColumn<NodeRow, String> ollama;
    @FXML private TableColumn<NodeRow, String> agent;
    @FXML private TableColumn<NodeRow, NodeRow.Seen> seen;
    @FXML private ScrollPane detail;

    NodesController(NodesViewModel model, PageContext context) {
        this.model = model;
        this.context = context;
    }

    Node load() {
        return Fxml.load(this, "nodes.fxml", context.messages());
    }

    @FXML
    void initialize() {
        filter.textProperty().bindBidirectional(model.filterText());
        count.textProperty().bind(model.count());
        bindColumns();
        new TableColumns(model.columns(), context.messages()).bind(table, byColumn(), columns);
        bindTable();
        bindSelection();
        bindDetail();
    }

    private Map<Column, TableColumn<NodeRow, ?>> byColumn() {
        Map<Column, TableColumn<NodeRow, ?>> all = new EnumMap<>(Column.class);
        all.put(Column.NAME, name);
        all.put(Column.PRESENCE, presence);
        all.put(Column.GPUS, gpus);
        all.put(Column.MEMORY, memory);
        all.put(Column.UTILIZATION, utilization);
        all.put(Column.TEMPERATURE, temperature);
        all.put(Column.DISK, disk);
        all.put(Column.MODELS, models);
        all.put(Column.OLLAMA, ollama);
        all.put(Column.AGENT, agent);
        all.put(Column.SEEN, seen);
        return all;
    }

    private void bindColumns() {
        Formats formats = context.formats();
        column(name, NodeFacts::name);
        name.setComparator(String.CASE_INSENSITIVE_ORDER);
        column(presence, NodeFacts::presence);
        presence.setCellFactory(
                Cells.of(
                        Badge::new,
                        (badge, state) -> badge.show(state, context.text(state.key()))));
        column(gpus, NodeFacts::gpus);
        column(memory, facts -> facts);
        memory.setComparator(Comparator.comparingDouble(NodeFacts::memoryShare));
        memory.setCellFactory(
                Cells.of(
                        () -> new Meter(METER_WIDTH, true),
                        (meter, facts) -> meter.show(facts.memoryShare(), memoryText(facts))));
        column(utilization, NodeFacts::utilization);
        utilization.setCellFactory(
                Cells.text(load -> formats.percent(load == null ? null : load.doubleValue())));
        column(temperature, NodeFacts::temperature);
        temperature.setCellFactory(Cells.text(formats::temperature));
        column(disk, facts -> facts.agent().diskFree());
        disk.setCellFactory(Cells.text(formats::bytes));
        column(models, NodeFacts::models);
        models.setCellFactory(
                Cells.text(number -> number == null ? Formats.UNKNOWN : formats.count(number)));
        column(ollama, facts -> known(facts.agent().ollamaVersion()));
        column(agent, facts -> known(facts.agent().agentVersion()));
        seen.setCellValueFactory(features -> features.getValue().seen());
        seen.setCellFactory(Cells.text(last -> last == null ? Formats.UNKNOWN : last.age()));
        List.of(utilization, temperature, disk, models).forEach(Cells::number);
    }

    private static <T> void column(TableColumn<NodeRow, T> column, Function<NodeFacts, T> value) {
        column.setCellValueFactory(features -> facts(features.getValue(), value));
    }

    private static <T> ObservableValue<T> facts(NodeRow row, Function<NodeFacts, T> value) {
        return row.facts().map(value);
    }

    private String memoryText(NodeFacts facts) {
        Formats formats = context.formats();
        return facts.gpuMemoryUsed() == null
                ? formats.gpuMemory(facts.gpuMemory())
                : formats.gpuMemoryShare(facts.gpuMemoryUsed(), facts.gpuMemory());
    }

    private static String known(@Nullable String version) {
        return version == null ? Formats.UNKNOWN : version;
    }

    private void bindTable() {
        table.setFixedCellSize(ROW_HEIGHT);
        table.setItems(model.rows());
        table.setPlaceholder(
                new EmptyState(
                        PageId.NODES.icon(),
                        context.text("nodes.empty"),
                        context.text("nodes.empty.text")));
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        // The view-model sorts, so that it can leave alone what is already in order.
        table.setSortPolicy(asked -> true);
        model.order().bind(table.comparatorProperty());
    }

    private void bindSelection() {
        table.getSelectionModel()
                .getSelectedItems()
                .addListener(
                        (ListChangeListener<NodeRow>)
                                change -> model.select(List.copyOf(change.getList())));
        var none = Bindings.isEmpty(model.selected());
        remove.disableProperty().bind(none);
        pause.disableProperty().bind(none);
        resume.disableProperty().bind(none);
    }

    private void bindDetail() {
        DetailPane pane = new DetailPane(context);
        detail.setContent(pane);
        model.detail()
                .subscribe(
                        node -> {
                            detail.setVisible(node != null);
                            detail.setManaged(node != null);
                            if (node != null) {
                                pane.show(node);
                            }
                        });
    }

    void select(NodeRow row) {
        table.getSelectionModel().clearSelection();
        table.getSelectionModel().select(row);
        table.scrollTo(row);
        table.requestFocus();
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    /** Clears the selection, then the filter. */
    boolean escape() {
        if (!table.getSelectionModel().isEmpty()) {
            table.getSelectionModel().clearSelection();
            return true;
        }
        if (!filter.getText().isEmpty()) {
            filter.clear();
            return true;
        }
        return false;
    }

    @FXML
    void distribute() {
        model.distribute();
    }

    @FXML
    void pause() {
        model.schedulable(false);
    }

    @FXML
    void resume() {
        model.schedulable(true);
    }

    @FXML
    void remove() {
        model.remove();
    }
}
