package io.modelfleet.console.page;

import io.modelfleet.console.support.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.layout.Region;

/** Loads the FXML file that stands beside a controller. */
public final class Fxml {
    private Fxml() {}

    /**
     * @param controller takes the part of the file's {@code fx:controller}
     * @param file in the controller's package, such as {@code nodes.fxml}
     * @param messages give {@code %key} its text
     */
    public static Region load(Object controller, String file, Messages messages) {
        URL location =
                Objects.requireNonNull(
                        controller.getClass().getResource(file), "no " + file + " beside it");
        FXMLLoader loader = new FXMLLoader(location, messages.bundle());
        loader.setControllerFactory(type -> controller);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
