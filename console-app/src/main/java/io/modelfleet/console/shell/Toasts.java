package io.modelfleet.console.shell;

import atlantafx.base.controls.Notification;
import atlantafx.base.theme.Styles;
import io.modelfleet.console.page.Notifier;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;

/** Notifications in the window's lower right corner, the newest at the bottom. */
final class Toasts implements Notifier {
    private static final Duration SHOWN = Duration.seconds(6);

    /** That are seen at once. */
    private static final int MOST = 4;

    /** A console that nobody looks at for weeks must not keep every failure. */
    private static final int KEPT = 50;

    private final VBox host = new VBox();

    Toasts() {
        host.getStyleClass().add("toasts");
        host.setAlignment(Pos.BOTTOM_RIGHT);
        host.setPickOnBounds(false);
        host.getChildren().addListener((ListChangeListener<Node>) change -> showNewest());
    }

    /** Lies over the window's content. */
    Region host() {
        return host;
    }

    @Override
    public void success(String text) {
        show(Level.SUCCESS, text);
    }

    @Override
    public void info(String text) {
        show(Level.INFO, text);
    }

    @Override
    public void failure(String text) {
        show(Level.FAILURE, text);
    }

    @Override
    public void withAction(Level level, String text, String action, Runnable run) {
        Notification toast = show(level, text);
        Button button = new Button(action);
        button.setOnAction(
                event -> {
                    host.getChildren().remove(toast);
                    run.run();
                });
        toast.getPrimaryActions().setAll(button);
    }

    private Notification show(Level level, String text) {
        Notification toast = new Notification(text, new FontIcon(icon(level)));
        toast.getStyleClass().addAll(Styles.ELEVATED_1, style(level));
        toast.setMinHeight(Region.USE_PREF_SIZE);
        toast.setOnClose(event -> host.getChildren().remove(toast));
        host.getChildren().removeIf(old -> says(old, text));
        host.getChildren().add(toast);
        if (host.getChildren().size() > KEPT) {
            host.getChildren().removeFirst();
        }
        if (level != Level.FAILURE) {
            PauseTransition leave = new PauseTransition(SHOWN);
            leave.setOnFinished(event -> host.getChildren().remove(toast));
            leave.play();
        }
        return toast;
    }

    private static boolean says(Node toast, String text) {
        return toast instanceof Notification other && other.getMessage().equals(text);
    }

    /**
     * Closes the newest, for those who have no mouse.
     *
     * @return whether there was one
     */
    boolean dismiss() {
        boolean any = !host.getChildren().isEmpty();
        if (any) {
            host.getChildren().removeLast();
        }
        return any;
    }

    /**
     * A failure stays until it is closed: where there is no room, it waits behind the newer ones.
     */
    private void showNewest() {
        int hidden = host.getChildren().size() - MOST;
        for (Node toast : host.getChildren()) {
            toast.setVisible(hidden <= 0);
            toast.setManaged(hidden <= 0);
            hidden--;
        }
    }

    private static Ikon icon(Level level) {
        return switch (level) {
            case SUCCESS -> MaterialDesignC.CHECK_CIRCLE_OUTLINE;
            case INFO -> MaterialDesignI.INFORMATION_OUTLINE;
            case FAILURE -> MaterialDesignA.ALERT_CIRCLE_OUTLINE;
        };
    }

    private static String style(Level level) {
        return switch (level) {
            case SUCCESS -> Styles.SUCCESS;
            case INFO -> Styles.ACCENT;
            case FAILURE -> Styles.DANGER;
        };
    }
}
