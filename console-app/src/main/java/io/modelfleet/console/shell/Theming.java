package io.modelfleet.console.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.modelfleet.console.control.Tokens;
import io.modelfleet.console.support.ThemeChoice;
import java.util.List;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;

/** Dresses a scene in the chosen theme. */
final class Theming {
    private final ReadOnlyObjectWrapper<Tokens> tokens = new ReadOnlyObjectWrapper<>(Tokens.LIGHT);
    private final ObservableValue<ColorScheme> system;
    private ThemeChoice choice = ThemeChoice.SYSTEM;

    /**
     * @param system what the system prefers
     */
    Theming(ObservableValue<ColorScheme> system) {
        this.system = system;
        system.subscribe(scheme -> choose(choice));
    }

    /** Colours of the theme that is shown now. */
    ReadOnlyObjectProperty<Tokens> tokens() {
        return tokens.getReadOnlyProperty();
    }

    /** From now on the scene is dressed as chosen. */
    void dress(Scene scene) {
        tokens.subscribe(now -> apply(scene, now));
    }

    void choose(ThemeChoice chosen) {
        choice = chosen;
        tokens.set(dark(chosen) ? Tokens.DARK : Tokens.LIGHT);
    }

    boolean isDark() {
        return tokens.get() == Tokens.DARK;
    }

    private boolean dark(ThemeChoice chosen) {
        return switch (chosen) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> system.getValue() == ColorScheme.DARK;
        };
    }

    private static void apply(Scene scene, Tokens now) {
        Application.setUserAgentStylesheet(
                now == Tokens.DARK
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
        scene.getStylesheets().setAll(List.of(now.stylesheet(), Tokens.structure()));
    }
}
