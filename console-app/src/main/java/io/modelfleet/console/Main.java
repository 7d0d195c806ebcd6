package io.modelfleet.console;

import io.modelfleet.console.shell.ConsoleApp;
import javafx.application.Application;

/**
 * Starts the window. It does not extend {@link Application}, because Java then insists on JavaFX
 * being on the module path.
 */
public final class Main {
    private Main() {}

    /**
     * @param arguments {@code --connect URL} opens that fleet in place of the saved one
     */
    public static void main(String[] arguments) {
        Application.launch(ConsoleApp.class, arguments);
    }
}
