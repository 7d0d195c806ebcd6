package io.modelfleet.console.overview;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A sign, what it is about, and how long ago. */
final class LineView extends HBox {
    private final Label sign = new Label();
    private @Nullable Sign shown;
    private final Label title = new Label();
    private final Label text = new Label();
    private final Label aside = new Label();
    private final Tooltip hint = new Tooltip();

    LineView() {
        getStyleClass().add("line");
        setAlignment(Pos.CENTER_LEFT);
        sign.getStyleClass().addAll("badge", "sign");
        sign.setMinWidth(Region.USE_PREF_SIZE);
        title.getStyleClass().add("title");
        text.getStyleClass().add("muted");
        aside.getStyleClass().add("muted");
        aside.setMinWidth(Region.USE_PREF_SIZE);
        hint.setWrapText(true);
        hint.setMaxWidth(420);
        VBox words = new VBox(title, text);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().setAll(sign, words, aside);
    }

    void show(Line line) {
        show(line.sign());
        title.setText(line.title());
        text.setText(line.text());
        text.setManaged(!line.text().isEmpty());
        text.setVisible(!line.text().isEmpty());
        aside.setText(line.aside());
        aside.setManaged(!line.aside().isEmpty());
        hint.setText(line.hint().isEmpty() ? line.title() : line.title() + "\n" + line.hint());
        title.setTooltip(hint);
        text.setTooltip(hint);
        aside.setTooltip(hint);
    }

    private void show(Sign next) {
        if (shown == next) {
            return;
        }
        if (shown != null) {
            sign.getStyleClass().remove(shown.styleClass());
        }
        sign.getStyleClass().add(next.styleClass());
        sign.setText(next.text());
        shown = next;
    }

    static String read(Line line) {
        return String.join(", ", line.title(), line.text(), line.aside());
    }
}
