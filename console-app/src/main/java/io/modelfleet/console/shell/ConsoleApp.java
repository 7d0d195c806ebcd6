package io.modelfleet.console.shell;

import io.modelfleet.console.support.ConfigFolder;
import io.modelfleet.console.support.Preferences;
import io.modelfleet.console.support.SettingsStore;
import io.modelfleet.console.support.Threads;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Starts and ends the console with JavaFX. */
public final class ConsoleApp extends Application {
    private final ExecutorService background =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("console-call-", 0).factory());
    private final Threads threads = new Threads(background, Platform::runLater);
    private @Nullable Preferences preferences;
    private @Nullable Console console;

    /** Reads the settings before there is a JavaFX thread that this could hold up. */
    @Override
    public void init() {
        SettingsStore store = new SettingsStore(ConfigFolder.ofUser());
        preferences = new Preferences(store, store.load(), threads);
    }

    @Override
    public void start(Stage stage) {
        if (preferences == null) {
            throw new IllegalStateException("JavaFX calls init() first");
        }
        console =
                new Console(
                        stage,
                        preferences,
                        threads,
                        InstantSource.system(),
                        ZoneId.systemDefault());
        console.start(Arguments.connect(getParameters().getRaw()));
    }

    @Override
    public void stop() {
        if (console != null) {
            console.close();
        }
        background.close();
    }
}
