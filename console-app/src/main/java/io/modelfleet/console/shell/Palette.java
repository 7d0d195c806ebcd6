package io.modelfleet.console.shell;

import io.modelfleet.console.page.Dialogs;
import io.modelfleet.console.page.Finding;
import io.modelfleet.console.support.Messages;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** One field that finds everything: type, choose with the arrow keys, Return goes there. */
final class Palette extends VBox {
    private static final double WIDTH = 520;
    private static final double HEIGHT = 360;
    private static final double ROW = 34;

    private final Dialogs dialogs;

    /** Bindings hold it weakly: without this, the next garbage collection ends the search. */
    private final StringProperty words;

    private final TextField query = new TextField();
    private final ListView<Finding> list = new ListView<>();

    Palette(PaletteViewModel model, Dialogs dialogs, Messages messages) {
        this.dialogs = dialogs;
        this.words = model.query();
        setId("palette");
        setPrefSize(WIDTH, HEIGHT);
        query.setId("palette-query");
        query.setPromptText(messages.text("palette.prompt"));
        query.textProperty().bindBidirectional(words);
        query.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        query.setOnAction(event -> choose());
        list.setId("palette-list");
        list.setItems(model.found());
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        list.setPlaceholder(new Label(messages.text("palette.nothing")));
        list.setCellFactory(view -> new FindingCell());
        list.setOnMouseClicked(event -> choose());
        words.subscribe(text -> list.getSelectionModel().selectFirst());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().setAll(query, list);
    }

    void open() {
        dialogs.show(this);
        query.requestFocus();
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.DOWN) {
            list.getSelectionModel().selectNext();
        } else if (event.getCode() == KeyCode.UP) {
            list.getSelectionModel().selectPrevious();
        } else {
            return;
        }
        list.scrollTo(list.getSelectionModel().getSelectedIndex());
        event.consume();
    }

    private void choose() {
        Finding chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            dialogs.close();
            chosen.open().run();
        }
    }

    private static final class FindingCell extends ListCell<Finding> {
        private final FontIcon icon = new FontIcon();
        private final Label text = new Label();
        private final Label hint = new Label();
        private final HBox row;

        FindingCell() {
            hint.getStyleClass().add("muted");
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            row = new HBox(10, icon, text, gap, hint);
            row.setAlignment(Pos.CENTER_LEFT);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }

        @Override
        protected void updateItem(@Nullable Finding finding, boolean empty) {
            super.updateItem(finding, empty);
            if (empty || finding == null) {
                setGraphic(null);
                return;
            }
            icon.setIconCode(finding.icon());
            text.setText(finding.text());
            hint.setText(finding.hint());
            setGraphic(row);
        }
    }
}
