package io.modelfleet.console.catalog;

import atlantafx.base.theme.Styles;
import io.modelfleet.console.control.Cells;
import io.modelfleet.console.control.EmptyState;
import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Formats;
import io.modelfleet.protocol.ModelName;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/** Binds the page of all models. */
public final class CatalogController {
    private static final double ROW_HEIGHT = 38;

    /** Narrower than this, what the details say too makes room. */
    private static final double ROOMY = 760;

    private static final Duration TOOLTIP_STAYS = Duration.minutes(1);
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final Comparator<CatalogRow> BY_NAME = Comparator.comparing(CatalogRow::name);

    private final CatalogViewModel model;
    private final PageContext context;

    @FXML private Label count;
    @FXML private Label source;
    @FXML private Label problem;
    @FXML private Button refresh;
    @FXML private TextField search;
    @FXML private TextField name;
    @FXML private Button distribute;
    @FXML private Label verdict;
    @FXML private TableView<CatalogRow> table;
    @FXML private TableColumn<CatalogRow, ModelName> modelName;
    @FXML private TableColumn<CatalogRow, CatalogFacts> size;
    @FXML private TableColumn<CatalogRow, CatalogFacts> holders;
    @FXML private TableColumn<CatalogRow, CatalogFacts> able;
    @FXML private TableColumn<CatalogRow, CatalogFacts> origin;
    @FXML private TableColumn<CatalogRow, String> description;
    @FXML private TableColumn<CatalogRow, ModelName> act;
    @FXML private StackPane detail;

    CatalogController(CatalogViewModel model, PageContext context) {
        this.model = model;
        this.context = context;
    }

    Node load() {
        return Fxml.load(this, "catalog.fxml", context.messages());
    }

    @FXML
    void initialize() {
        count.textProperty().bind(model.count());
        source.textProperty().bind(model.available().source());
        problem.textProperty().bind(model.available().problem());
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        refresh.disableProperty().bind(model.available().loading());
        search.textProperty().bindBidirectional(model.search());
        bindName();
        bindColumns();
        bindTable();
        bindDetail();
    }

    private void bindName() {
        name.textProperty().bindBidirectional(model.typed());
        model.verdict()
                .subscribe(
                        now -> {
                            boolean wrong = now.name() == null && !now.text().isEmpty();
                            verdict.setText((wrong ? "✗ " : "") + now.text());
                            verdict.pseudoClassStateChanged(WRONG, wrong);
                            name.pseudoClassStateChanged(Styles.STATE_DANGER, wrong);
                            distribute.setDisable(now.name() == null);
                        });
    }

    private void bindColumns() {
        modelName.setCellValueFactory(row -> row.getValue().facts().map(f -> f.entry().name()));
        modelName.setCellFactory(
                Cells.of(
                        () -> named("model-name"), (label, value) -> say(label, value.toString())));
        figure(
                size,
                (facts, formats) -> formats.bytes(facts.entry().size()),
                facts -> facts.entry().size() == null ? -1 : facts.entry().size());
        figure(holders, (facts, formats) -> formats.count(facts.holders()), CatalogFacts::holders);
        figure(able, this::able, CatalogFacts::able);
        Label rule = new Label(able.getText());
        rule.setTooltip(rule());
        able.setText("");
        able.setGraphic(rule);
        origin.setCellValueFactory(row -> row.getValue().facts());
        origin.setComparator(Comparator.comparing(facts -> facts.entry().origin()));
        origin.setCellFactory(
                Cells.of(
                        Label::new,
                        (label, facts) ->
                                label.setText(context.text(facts.entry().origin().key()))));
        description.setCellValueFactory(
                row ->
                        row.getValue()
                                .facts()
                                .map(CatalogFacts::entry)
                                .map(CatalogEntry::description));
        description.setCellFactory(Cells.of(() -> named("muted"), CatalogController::say));
        act.setCellValueFactory(row -> row.getValue().facts().map(f -> f.entry().name()));
        act.setCellFactory(Cells.of(this::distributeButton, this::aim));
        table.widthProperty()
                .map(width -> width.doubleValue() >= ROOMY)
                .subscribe(
                        roomy ->
                                List.of(description, origin, act)
                                        .forEach(c -> c.setVisible(roomy)));
    }

    private Tooltip rule() {
        Tooltip tooltip = new Tooltip(context.text("catalog.rule"));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(380);
        tooltip.setShowDuration(TOOLTIP_STAYS);
        return tooltip;
    }

    private String able(CatalogFacts facts, Formats formats) {
        return facts.entry().size() == null
                ? Formats.UNKNOWN
                : context.text("catalog.able", facts.able(), facts.nodes());
    }

    private static Label named(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        label.setTooltip(new Tooltip());
        return label;
    }

    private static void say(Label label, String text) {
        label.setText(text);
        label.getTooltip().setText(text);
    }

    private Button distributeButton() {
        Button button = new Button(context.text("catalog.distribute"));
        button.getStyleClass().addAll(Styles.SMALL, "distribute");
        return button;
    }

    private void aim(Button button, ModelName target) {
        button.setAccessibleText(context.text("catalog.distribute") + " " + target);
        button.setOnAction(event -> model.distribute(target));
    }

    private void figure(
            TableColumn<CatalogRow, CatalogFacts> column,
            BiFunction<CatalogFacts, Formats, String> text,
            ToDoubleFunction<CatalogFacts> value) {
        column.setCellValueFactory(row -> row.getValue().facts());
        column.setComparator(Comparator.comparingDouble(value));
        column.setCellFactory(
                Cells.of(
                        Label::new,
                        (label, facts) -> label.setText(text.apply(facts, context.formats()))));
        Cells.number(column);
    }

    private void bindTable() {
        table.setFixedCellSize(ROW_HEIGHT);
        table.setItems(model.rows());
        table.setPlaceholder(
                new EmptyState(
                        PageId.CATALOG.icon(),
                        context.text("catalog.empty"),
                        context.text("catalog.empty.text")));
        // The list sorts itself, and only when it is asked to: its figures may change at any time.
        table.setSortPolicy(asked -> true);
        model.order()
                .bind(
                        table.comparatorProperty()
                                .map(chosen -> chosen.thenComparing(BY_NAME))
                                .orElse(BY_NAME));
        model.selected().bind(table.getSelectionModel().selectedItemProperty());
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void pressed(KeyEvent event) {
        CatalogRow row = table.getSelectionModel().getSelectedItem();
        if (event.getCode() == KeyCode.ENTER && row != null && table.equals(event.getTarget())) {
            model.distribute(row.name());
            event.consume();
        }
    }

    private void bindDetail() {
        CatalogDetailPane pane = new CatalogDetailPane(context, model::distribute);
        detail.getChildren().setAll(pane);
        model.detail()
                .subscribe(
                        now -> {
                            detail.setVisible(now != null);
                            detail.setManaged(now != null);
                            if (now != null) {
                                pane.show(now);
                            }
                        });
    }

    void select(CatalogRow row) {
        table.getSelectionModel().clearAndSelect(table.getItems().indexOf(row));
        table.scrollTo(row);
        table.requestFocus();
    }

    void focusFilter() {
        search.requestFocus();
        search.selectAll();
    }

    /** Clears the selection, then the search. */
    boolean escape() {
        if (!table.getSelectionModel().isEmpty()) {
            table.getSelectionModel().clearSelection();
            return true;
        }
        boolean searched = !search.getText().isEmpty();
        search.clear();
        return searched;
    }

    @FXML
    void refresh() {
        model.available().refresh();
    }

    @FXML
    void distribute() {
        model.distributeTyped();
    }
}
