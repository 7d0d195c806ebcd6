package io.modelfleet.console.matrix;

import io.modelfleet.console.control.EmptyState;
import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Binds the page of nodes and models. */
public final class MatrixController {
    private final MatrixViewModel model;
    private final PageContext context;
    private final GridView view;

    @FXML private TextField filter;
    @FXML private ComboBox<Show> show;
    @FXML private Label count;
    @FXML private StackPane host;
    @FXML private Label status;
    @FXML private Label legend;
    @FXML private HBox selected;
    @FXML private Label selectedText;
    @FXML private Button send;

    MatrixController(MatrixViewModel model, PageContext context) {
        this.model = model;
        this.context = context;
        this.view = new GridView(model, context.formats(), context.tokens());
    }

    Node load() {
        return Fxml.load(this, "matrix.fxml", context.messages());
    }

    @FXML
    void initialize() {
        filter.textProperty().bindBidirectional(model.filterText());
        count.textProperty().bind(model.count());
        status.textProperty().bind(model.status());
        status.visibleProperty().bind(selected.visibleProperty().not());
        legend.visibleProperty()
                .bind(model.status().isEmpty().and(selected.visibleProperty().not()));
        bindShow();
        bindGrid();
    }

    private void bindShow() {
        show.getItems().setAll(Show.values());
        show.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Show value) {
                        return value == null ? "" : context.text(value.key());
                    }

                    @Override
                    public Show fromString(String text) {
                        throw new UnsupportedOperationException("the list cannot be edited");
                    }
                });
        show.valueProperty().bindBidirectional(model.show());
    }

    private void bindGrid() {
        EmptyState empty =
                new EmptyState(
                        PageId.MATRIX.icon(),
                        context.text("matrix.empty"),
                        context.text("matrix.empty.text"));
        view.setId("matrix-grid");
        view.setAccessibleRoleDescription(context.text("matrix.role"));
        view.setAccessibleHelp(context.text("matrix.help"));
        host.getChildren().setAll(view, empty);
        CellMenu menu = new CellMenu(view, model, context);
        new GridInput(view, model, menu).listen();
        Subscription[] following = {Subscription.EMPTY};
        view.sceneProperty()
                .subscribe(
                        scene -> {
                            following[0].unsubscribe();
                            following[0] =
                                    scene == null
                                            ? Subscription.EMPTY
                                            : Subscription.combine(
                                                    view.follow(),
                                                    model.grid()
                                                            .subscribe(
                                                                    grid -> showEmpty(empty, grid)),
                                                    model.plan().subscribe(this::showPlan));
                        });
    }

    private void showEmpty(EmptyState empty, Grid grid) {
        empty.setVisible(grid.isEmpty());
        String key = model.emptiness();
        empty.say(context.text(key), context.text(key + ".text"));
    }

    private void showPlan(Distributing.Plan plan) {
        int cells = model.selection().cells().get().size();
        selected.setVisible(cells > 0);
        selectedText.setText(
                plan.later() == 0
                        ? context.text("matrix.selected", cells)
                        : context.text("matrix.selected.later", cells, plan.later()));
        send.setText(context.text("matrix.selected.send", plan.cells()));
        send.setDisable(plan.cells() == 0);
    }

    GridView view() {
        return view;
    }

    void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    /** Clears the selection, then the filter. */
    boolean escape() {
        if (model.selection().clear()) {
            return true;
        }
        if (!filter.getText().isEmpty()) {
            filter.clear();
            return true;
        }
        return false;
    }

    @FXML
    void addColumn() {
        new ModelChooserController(new ModelChooser(context), model, context).show();
    }

    @FXML
    void distribute() {
        model.chooseModel();
    }

    @FXML
    void send() {
        model.distributeSelection();
        view.requestFocus();
    }

    @FXML
    void clear() {
        model.selection().clear();
        view.requestFocus();
    }
}
