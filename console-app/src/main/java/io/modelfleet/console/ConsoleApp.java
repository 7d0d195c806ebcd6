package io.modelfleet.console;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;

/** The operations console's window. */
public final class ConsoleApp extends Application {
    private static final double WIDTH = 1400;
    private static final double HEIGHT = 900;

    @Override
    public void start(Stage stage) {
        stage.setTitle("Modelfleet");
        stage.setScene(new Scene(new BorderPane(), WIDTH, HEIGHT));
        stage.show();
    }
}
