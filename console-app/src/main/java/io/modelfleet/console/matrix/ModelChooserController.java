package io.modelfleet.console.matrix;

import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.AvailableModel;
import io.modelfleet.protocol.ModelName;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

/** Binds the dialog that gives a model a column. */
public final class ModelChooserController {
    private final ModelChooser chooser;
    private final MatrixViewModel matrix;
    private final PageContext context;

    @FXML private TextField name;
    @FXML private Label error;
    @FXML private ListView<AvailableModel> models;
    @FXML private Button add;

    ModelChooserController(ModelChooser chooser, MatrixViewModel matrix, PageContext context) {
        this.chooser = chooser;
        this.matrix = matrix;
        this.context = context;
    }

    void show() {
        context.dialogs().show(Fxml.load(this, "chooser.fxml", context.messages()));
        chooser.load();
        name.requestFocus();
    }

    @FXML
    void initialize() {
        name.textProperty().bindBidirectional(chooser.text());
        error.textProperty().bind(chooser.error());
        error.visibleProperty().bind(chooser.error().isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        models.setItems(chooser.matching());
        models.setCellFactory(list -> new ModelCell());
        models.setPlaceholder(new Label(context.text("matrix.chooser.nothing")));
        models.setOnMouseClicked(event -> take(event.getClickCount() > 1));
        models.setOnKeyPressed(
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        take(true);
                    }
                });
        add.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> chooser.chosen() == null, chooser.text(), chooser.error()));
    }

    private void take(boolean atOnce) {
        AvailableModel chosen = models.getSelectionModel().getSelectedItem();
        if (chosen != null && atOnce) {
            name.setText(chosen.name().toString());
            add();
        } else if (chosen != null) {
            name.setText(chosen.name().toString());
        }
    }

    @FXML
    void add() {
        ModelName chosen = chooser.chosen();
        if (chosen != null) {
            context.dialogs().close();
            matrix.addColumn(chosen, chooser.size(chosen));
        }
    }

    @FXML
    void cancel() {
        context.dialogs().close();
    }

    private static final class ModelCell extends ListCell<AvailableModel> {
        @Override
        protected void updateItem(AvailableModel model, boolean empty) {
            super.updateItem(model, empty);
            if (empty || model == null) {
                setText(null);
            } else {
                setText(
                        model.sizeGb() == null
                                ? model.name().toString()
                                : model.name() + "  ·  " + model.sizeGb() + " GB");
            }
        }
    }
}
