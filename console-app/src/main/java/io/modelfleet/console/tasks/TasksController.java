package io.modelfleet.console.tasks;

import io.modelfleet.console.control.EmptyState;
import io.modelfleet.console.control.Fact;
import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.protocol.ModelName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/** Binds the page of all tasks. */
public final class TasksController {
    private static final double ROW_HEIGHT = 36;

    /** Narrower than these, what matters least makes room; the details still say it. */
    private static final double ROOMY = 1000;

    private static final double NARROW = 815;

    private static final KeyCombination COPY =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final TasksViewModel model;
    private final PageContext context;

    @FXML private Label count;
    @FXML private Button cancel;
    @FXML private Button retry;
    @FXML private Button retryAll;
    @FXML private HBox chips;
    @FXML private ComboBox<Pick.Entry<UUID>> nodes;
    @FXML private ComboBox<Pick.Entry<ModelName>> models;
    @FXML private TextField filter;
    @FXML private TableView<TaskRow> table;
    @FXML private TableColumn<TaskRow, TaskFacts> status;
    @FXML private TableColumn<TaskRow, String> node;
    @FXML private TableColumn<TaskRow, String> modelName;
    @FXML private TableColumn<TaskRow, String> kind;
    @FXML private TableColumn<TaskRow, TaskFacts> progress;
    @FXML private TableColumn<TaskRow, TaskFacts> bytes;
    @FXML private TableColumn<TaskRow, TaskFacts> speed;
    @FXML private TableColumn<TaskRow, TaskFacts> left;
    @FXML private TableColumn<TaskRow, TaskFacts> attempt;
    @FXML private TableColumn<TaskRow, TaskColumns.Age> age;
    @FXML private Button news;
    @FXML private Label olderText;
    @FXML private Hyperlink olderLoad;
    @FXML private StackPane detail;

    TasksController(TasksViewModel model, PageContext context) {
        this.model = model;
        this.context = context;
    }

    Node load() {
        return Fxml.load(this, "tasks.fxml", context.messages());
    }

    @FXML
    void initialize() {
        bindFilters();
        bindColumns();
        bindTable();
        bindSelection();
        bindDetail();
        bindNews();
        new OlderLine(olderText, olderLoad, context).bind(model);
    }

    private void bindFilters() {
        filter.textProperty().bindBidirectional(model.filterText());
        new Chips(context).fill(chips, model);
        Pick<UUID> node = new Pick<>(nodes, context.text("tasks.nodes.all"), model.node());
        Pick<ModelName> name = new Pick<>(models, context.text("tasks.models.all"), model.model());
        node.bind();
        name.bind();
        count.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> countText(model.counts().get()),
                                model.counts(),
                                model.group()));
        model.counts()
                .subscribe(
                        counts -> {
                            retryAll.setText(context.text("tasks.retryall", counts.retriable()));
                            retryAll.setDisable(counts.retriable() == 0);
                            node.offer(model.known().nodes());
                            name.offer(modelNames());
                        });
    }

    private Map<ModelName, String> modelNames() {
        Map<ModelName, String> names = new LinkedHashMap<>();
        model.known().models().forEach(name -> names.put(name, name.toString()));
        return names;
    }

    private String countText(TasksViewModel.Counts counts) {
        int listed = counts.of(model.group().get());
        return listed == counts.all()
                ? context.text("tasks.count", listed)
                : context.text("tasks.count.some", listed, counts.all());
    }

    private void bindColumns() {
        TaskColumns columns = new TaskColumns(context, model.now());
        columns.status(status);
        columns.name(node, TaskFacts::node);
        columns.name(modelName, facts -> facts.task().modelName().toString());
        columns.name(kind, facts -> context.text("tasks.kind." + facts.task().kind()));
        columns.progress(progress);
        columns.figure(bytes, Figures::bytes, Figures::bytesOrder);
        columns.figure(speed, Figures::speed, facts -> facts.task().downloadSpeedBps());
        columns.figure(left, Figures::timeLeft, Figures::timeLeftOrder);
        columns.figure(attempt, Figures::attempt, facts -> facts.task().attempt());
        columns.age(age);
        table.widthProperty()
                .map(width -> width.doubleValue() >= ROOMY)
                .subscribe(roomy -> List.of(kind, attempt).forEach(c -> c.setVisible(roomy)));
        table.widthProperty()
                .map(width -> width.doubleValue() >= NARROW)
                .subscribe(enough -> age.setVisible(enough));
    }

    private void bindTable() {
        table.setFixedCellSize(ROW_HEIGHT);
        table.setItems(model.rows());
        table.setPlaceholder(
                new EmptyState(
                        PageId.TASKS.icon(),
                        context.text("tasks.empty"),
                        context.text("tasks.empty.text")));
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        // The view-model sorts, so that rows stay where they are while their figures change.
        table.setSortPolicy(asked -> true);
        model.list().order().bind(table.comparatorProperty());
        table.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (COPY.match(event)) {
                        copyIds();
                        event.consume();
                    }
                });
        new ScrollWatch(table, context.threads(), model.list()::reading, this::endInSight).start();
    }

    /** Only at the end of time: at the end of another order there is nothing to go on with. */
    private void endInSight() {
        if (table.getSortOrder().isEmpty()
                && model.older().progress().get() == OlderTasks.Progress.MORE
                && model.goesOn()) {
            model.loadOlder();
        }
    }

    private void bindSelection() {
        table.getSelectionModel()
                .getSelectedItems()
                .addListener(
                        (ListChangeListener<TaskRow>)
                                change -> {
                                    model.select(List.copyOf(change.getList()));
                                    offerActs();
                                });
        model.counts().subscribe(counts -> offerActs());
    }

    private void offerActs() {
        cancel.setDisable(model.selected(TaskFacts::canCancel).isEmpty());
        retry.setDisable(model.selected(TaskFacts::canRetry).isEmpty());
    }

    private void bindDetail() {
        TaskDetailPane pane = new TaskDetailPane(context);
        detail.getChildren().setAll(pane);
        model.detail()
                .subscribe(
                        task -> {
                            detail.setVisible(task != null);
                            detail.setManaged(task != null);
                            if (task != null) {
                                pane.show(task);
                            }
                        });
    }

    private void bindNews() {
        model.list()
                .waiting()
                .subscribe(
                        waiting -> {
                            news.setVisible(waiting.intValue() > 0);
                            news.setText(context.text("tasks.news", waiting));
                        });
    }

    private void copyIds() {
        Fact.copy(
                model.selected(facts -> true).stream()
                        .map(facts -> facts.task().id().toString())
                        .collect(Collectors.joining("\n")));
    }

    void select(TaskRow row) {
        table.getSelectionModel().clearSelection();
        table.getSelectionModel().select(row);
        table.scrollTo(row);
        table.requestFocus();
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    /** Clears the selection, then the filters. */
    boolean escape() {
        if (!table.getSelectionModel().isEmpty()) {
            table.getSelectionModel().clearSelection();
            return true;
        }
        return model.showAll();
    }

    @FXML
    void cancel() {
        model.cancel();
    }

    @FXML
    void retry() {
        model.retry();
    }

    @FXML
    void retryAll() {
        model.retryAllFailed();
    }

    @FXML
    void export() {
        model.exportCsv();
    }

    @FXML
    void showNews() {
        table.scrollTo(0);
        model.list().reading(false);
    }

    @FXML
    void loadOlder() {
        model.loadOlder();
    }
}
