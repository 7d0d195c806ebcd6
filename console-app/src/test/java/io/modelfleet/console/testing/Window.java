package io.modelfleet.console.testing;

import static org.awaitility.Awaitility.await;

import io.modelfleet.console.page.PageId;
import io.modelfleet.console.shell.Console;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Preferences;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.SettingsStore;
import io.modelfleet.console.support.ThemeChoice;
import io.modelfleet.console.support.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * The real window without a display, for tests: find things by their id, press keys, click, wait
 * for what should be seen. The headless screen is 1000 × 1000, so keep what is clicked within.
 */
public final class Window implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final InstantSource clock;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Threads threads = new Threads(background, Platform::runLater);
    private final FxRobot robot = new FxRobot();
    private @Nullable Stage stage;
    private @Nullable Console console;
    private @Nullable Preferences preferences;

    /**
     * @param folder where settings are kept
     */
    public Window(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Settings that lead straight to a fleet, in English and light. */
    public static Settings connectedTo(FleetServer server) {
        Connection lab = new Connection("lab", server.url(), null);
        return new Settings(List.of(lab), "lab", ThemeChoice.LIGHT, Language.EN, 1);
    }

    /** Opens the console as at a start with these settings. */
    public Window open(Settings settings, double width, double height) {
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new IllegalStateException("JavaFX does not start", e);
        }
        on(
                () -> {
                    Stage opened = new Stage();
                    CorrectedMouse.install(opened);
                    Preferences kept =
                            new Preferences(new SettingsStore(folder), settings, threads);
                    Console started = new Console(opened, kept, threads, clock, ZoneOffset.UTC);
                    opened.setX(0);
                    opened.setY(0);
                    opened.setWidth(width);
                    opened.setHeight(height);
                    started.start(Optional.empty());
                    stage = opened;
                    console = started;
                    preferences = kept;
                    return started;
                });
        return this;
    }

    public Preferences preferences() {
        return required(preferences);
    }

    public Stage stage() {
        return required(stage);
    }

    /** Runs on the JavaFX thread and waits for the result. */
    public <T> T on(Callable<T> action) {
        if (Platform.isFxApplicationThread()) {
            try {
                return action.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return WaitForAsyncUtils.waitForAsyncFx(PATIENCE.toMillis(), action);
    }

    /**
     * The node that CSS would find, waiting until it is there and visible.
     *
     * @param selector such as {@code #nodes-table}
     */
    public <T extends Node> T find(String selector, Class<T> type) {
        if (!Platform.isFxApplicationThread()) {
            until(() -> on(() -> visible(selector)));
        }
        return type.cast(on(() -> stage().getScene().getRoot().lookup(selector)));
    }

    public boolean shows(String selector) {
        return on(() -> visible(selector));
    }

    private boolean visible(String selector) {
        Node node = stage().getScene().getRoot().lookup(selector);
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return node != null;
    }

    /** What a label, a button or a field says now. */
    public String text(String selector) {
        Node node = find(selector, Node.class);
        return on(
                () ->
                        switch (node) {
                            case Labeled labeled -> labeled.getText();
                            case TextInputControl field -> field.getText();
                            default -> throw new IllegalArgumentException(selector);
                        });
    }

    public Window click(String selector) {
        return click(find(selector, Node.class));
    }

    public Window click(Node node) {
        robot.clickOn(node, MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
        return this;
    }

    /** Presses keys together: the last is typed while the others are held. */
    public Window press(KeyCode... keys) {
        robot.press(keys).release(keys);
        WaitForAsyncUtils.waitForFxEvents();
        return this;
    }

    /** Types into what has the focus. */
    public Window write(String text) {
        robot.write(text);
        WaitForAsyncUtils.waitForFxEvents();
        return this;
    }

    public Window go(PageId page) {
        return press(KeyCode.CONTROL, KeyCode.getKeyCode(String.valueOf(page.digit())));
    }

    /** Waits until something is so. */
    public void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    public void untilText(String selector, String wanted) {
        await().atMost(PATIENCE).until(() -> text(selector).contains(wanted));
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("open() comes first");
        }
        return value;
    }

    @Override
    public void close() {
        on(
                () -> {
                    if (console != null) {
                        console.close();
                    }
                    if (stage != null) {
                        stage.close();
                    }
                    return true;
                });
        background.shutdownNow();
    }
}
