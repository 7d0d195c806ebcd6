package io.modelfleet.console.distribution;

import io.modelfleet.console.control.Badge;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** One node's line: its name, what happens to it, and the figures behind that. */
final class PreviewCell extends ListCell<Preview.Line> {
    private static final double NAME_WIDTH = 190;

    private final PreviewWords words;
    private final Label name = new Label();
    private final Badge badge = new Badge();
    private final Label figures = new Label();
    private final HBox box = new HBox(10, name, badge, figures);

    PreviewCell(PreviewWords words) {
        this.words = words;
        name.setMinWidth(NAME_WIDTH);
        name.setPrefWidth(NAME_WIDTH);
        name.setMaxWidth(NAME_WIDTH);
        name.getStyleClass().add("node-name");
        figures.getStyleClass().add("muted");
        figures.setMaxWidth(Double.MAX_VALUE);
        figures.setAlignment(Pos.CENTER_RIGHT);
        HBox.setHgrow(figures, Priority.ALWAYS);
        box.setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(Preview.@Nullable Line line, boolean empty) {
        super.updateItem(line, empty);
        if (empty || line == null) {
            setGraphic(null);
            return;
        }
        String outcome = words.outcome(line);
        name.setText(line.name());
        badge.show(line.outcome().state(), outcome);
        figures.setText(words.figures(line));
        setAccessibleText(line.name() + ": " + outcome + " " + figures.getText());
        setGraphic(box);
    }
}
