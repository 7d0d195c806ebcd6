package io.modelfleet.console.settings;

import atlantafx.base.theme.Styles;
import io.modelfleet.console.control.Badge;
import io.modelfleet.console.control.State;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A connection with what can be done to it. */
final class ConnectionRow extends HBox {
    private final String name;
    private final HBox buttons = new HBox(6);

    ConnectionRow(Connection connection, boolean open, Messages messages) {
        this.name = connection.name();
        getStyleClass().add("connection");
        setAlignment(Pos.CENTER_LEFT);
        Label title = new Label(name);
        title.getStyleClass().add("title");
        Label address =
                new Label(
                        connection.address()
                                + (connection.token() == null
                                        ? ""
                                        : " · " + messages.text("settings.token.kept")));
        address.getStyleClass().add("muted");
        VBox words = new VBox(title, address);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().setAll(words, buttons);
        if (open) {
            Badge badge = new Badge();
            badge.show(State.ONLINE, messages.text("settings.open.now"));
            buttons.getChildren().add(badge);
        }
    }

    ConnectionRow act(String id, String text, Runnable run) {
        Button button = new Button(text);
        button.setId(id + "-" + name);
        button.getStyleClass().add(Styles.SMALL);
        button.setAccessibleText(text + " " + name);
        button.setOnAction(event -> run.run());
        buttons.getChildren().add(button);
        return this;
    }
}
