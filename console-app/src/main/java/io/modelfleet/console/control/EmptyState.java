package io.modelfleet.console.control;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Says why nothing is here, and what to do about it. */
public final class EmptyState extends VBox {
    private final Label title = new Label();
    private final Label text = new Label();

    public EmptyState(Ikon icon, String title, String text) {
        getStyleClass().add("empty");
        this.title.getStyleClass().add("section-title");
        this.text.getStyleClass().add("muted");
        this.text.setWrapText(true);
        getChildren().setAll(new FontIcon(icon), this.title, this.text);
        say(title, text);
    }

    public void say(String newTitle, String newText) {
        title.setText(newTitle);
        text.setText(newText);
    }
}
