package io.modelfleet.console.control;

import atlantafx.base.theme.Styles;
import io.modelfleet.console.support.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** A name, its value, and a button that copies the value. */
public final class Fact extends HBox {
    public Fact(String name, String value, Messages messages) {
        Label nameLabel = new Label(name);
        nameLabel.getStyleClass().add("name");
        Label valueLabel = new Label(value);
        valueLabel.getStyleClass().add("value");
        valueLabel.setMaxWidth(Double.MAX_VALUE);
        valueLabel.setTooltip(new Tooltip(value));
        HBox.setHgrow(valueLabel, Priority.ALWAYS);
        Button copy = new Button(null, new FontIcon(MaterialDesignC.CONTENT_COPY));
        copy.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        copy.setMinWidth(USE_PREF_SIZE);
        copy.setTooltip(new Tooltip(messages.text("action.copy")));
        copy.setAccessibleText(messages.text("action.copy") + " " + name);
        copy.setOnAction(event -> copy(value));
        getStyleClass().add("fact");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(6);
        getChildren().setAll(nameLabel, valueLabel, copy);
    }

    /** Puts a text on the clipboard. */
    public static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
