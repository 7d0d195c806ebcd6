package io.modelfleet.console.distribution;

import io.modelfleet.console.support.Formats;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Models to choose from, under the field while it has the focus: arrows and Return, or a click. */
final class SuggestionList {
    private static final double ROW_HEIGHT = 32;
    private static final double EDGES = 4;

    private final TextField field;
    private final Label error;
    private final ObservableValue<List<KnownModels.Known>> known;
    private final Formats formats;
    private final ListView<KnownModels.Known> list = new ListView<>();
    private boolean dismissed;

    SuggestionList(
            TextField field,
            Label error,
            ObservableValue<List<KnownModels.Known>> known,
            Formats formats) {
        this.field = field;
        this.error = error;
        this.known = known;
        this.formats = formats;
        this.dismissed = !field.getText().isEmpty();
        list.setId("distribution-suggestions");
        list.getStyleClass().add("suggestions");
        list.setManaged(false);
        list.setFocusTraversable(false);
        list.setFixedCellSize(ROW_HEIGHT);
        list.setCellFactory(all -> new Row());
        field.textProperty().subscribe((before, now) -> dismissed = false);
        field.focusedProperty().subscribe(now -> update());
        known.subscribe(now -> update());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        field.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> recall());
    }

    /** Lies over the dialog rather than pushing its parts around. */
    void addTo(Pane dialog) {
        dialog.getChildren().add(list);
        field.boundsInParentProperty().subscribe(now -> place());
        // What is wrong with the name must not lie under the list.
        error.boundsInParentProperty().subscribe(now -> place());
    }

    private void recall() {
        dismissed = false;
        update();
    }

    private void update() {
        List<KnownModels.Known> now = known.getValue();
        boolean show = field.isFocused() && !dismissed && !now.isEmpty();
        list.setVisible(show);
        if (!list.getItems().equals(now)) {
            list.getItems().setAll(now);
        }
        if (show) {
            place();
        }
    }

    private void place() {
        if (list.getParent() == null || !list.isVisible()) {
            return;
        }
        Bounds at = bounds(field);
        double top = error.getText().isEmpty() ? at.getMaxY() : bounds(error).getMaxY();
        list.resizeRelocate(
                at.getMinX(),
                top + EDGES,
                at.getWidth(),
                list.getItems().size() * ROW_HEIGHT + EDGES);
    }

    private Bounds bounds(Region part) {
        return list.getParent().sceneToLocal(part.localToScene(part.getLayoutBounds()));
    }

    private void pressed(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> {
                if (list.isVisible()) {
                    select(1);
                } else {
                    recall();
                }
                event.consume();
            }
            case UP -> {
                if (list.isVisible()) {
                    select(-1);
                }
                event.consume();
            }
            case ENTER -> {
                KnownModels.Known chosen = list.getSelectionModel().getSelectedItem();
                if (list.isVisible() && chosen != null) {
                    pick(chosen);
                    event.consume();
                }
            }
            case ESCAPE -> {
                if (list.isVisible()) {
                    dismiss();
                    event.consume();
                }
            }
            default -> {}
        }
    }

    /** The list's own steps start from its focus, which a list that never has it keeps anywhere. */
    private void select(int step) {
        int next = list.getSelectionModel().getSelectedIndex() + step;
        list.getSelectionModel().select(Math.clamp(next, 0, list.getItems().size() - 1));
    }

    private void pick(KnownModels.Known chosen) {
        field.setText(chosen.name().toString());
        field.end();
        dismiss();
    }

    private void dismiss() {
        dismissed = true;
        list.getSelectionModel().clearSelection();
        update();
    }

    private final class Row extends ListCell<KnownModels.Known> {
        private final Label name = new Label();
        private final Label description = new Label();
        private final Label size = new Label();
        private final HBox box = new HBox(10, name, description, size);

        Row() {
            name.setMinWidth(Label.USE_PREF_SIZE);
            size.setMinWidth(Label.USE_PREF_SIZE);
            description.setMaxWidth(Double.MAX_VALUE);
            description.getStyleClass().add("muted");
            size.getStyleClass().add("muted");
            HBox.setHgrow(description, Priority.ALWAYS);
            box.setAlignment(Pos.CENTER_LEFT);
            // Before the list takes the focus, which would close it.
            addEventFilter(
                    MouseEvent.MOUSE_PRESSED,
                    event -> {
                        event.consume();
                        if (getItem() != null) {
                            pick(getItem());
                        }
                    });
        }

        @Override
        protected void updateItem(KnownModels.@Nullable Known model, boolean empty) {
            super.updateItem(model, empty);
            if (empty || model == null) {
                setGraphic(null);
                return;
            }
            name.setText(model.name().toString());
            description.setText(model.description() == null ? "" : model.description());
            size.setText(model.size() == null ? "" : formats.bytes(model.size()));
            setAccessibleText(name.getText() + " " + size.getText());
            setGraphic(box);
        }
    }
}
