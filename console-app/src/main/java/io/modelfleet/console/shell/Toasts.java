package io.modelfleet.console.shell;

import atlantafx.base.controls.Notification;
import atlantafx.base.theme.Styles;
import io.modelfleet.console.page.Notifier;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
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
    private static final int MOST = 4;

    private final VBox host = new VBox();

    Toasts() {
        host.getStyleClass().add("toasts");
        host.setAlignment(Pos.BOTTOM_RIGHT);
        host.setPickOnBounds(false);
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
        host.getChildren().add(toast);
        while (host.getChildren().size() > MOST) {
            host.getChildren().removeFirst();
        }
        if (level != Level.FAILURE) {
            PauseTransition leave = new PauseTransition(SHOWN);
            leave.setOnFinished(event -> host.getChildren().remove(toast));
            leave.play();
        }
        return toast;
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
