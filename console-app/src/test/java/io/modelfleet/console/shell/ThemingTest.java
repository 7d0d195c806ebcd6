package io.modelfleet.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.control.Tokens;
import io.modelfleet.console.support.ThemeChoice;
import javafx.application.ColorScheme;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class ThemingTest {
    private final ObjectProperty<ColorScheme> system =
            new SimpleObjectProperty<>(ColorScheme.LIGHT);
    private final Theming theming = new Theming(system);

    @Test
    void followsTheSystemWhereThatIsTheChoice() {
        theming.choose(ThemeChoice.SYSTEM);
        assertThat(theming.tokens().get()).isSameAs(Tokens.LIGHT);
        system.set(ColorScheme.DARK);
        assertThat(theming.tokens().get()).isSameAs(Tokens.DARK);
    }

    @Test
    void aChoiceOfTheOperatorCountsMore() {
        theming.choose(ThemeChoice.LIGHT);
        system.set(ColorScheme.DARK);
        assertThat(theming.isDark()).isFalse();
        theming.choose(ThemeChoice.DARK);
        system.set(ColorScheme.LIGHT);
        assertThat(theming.isDark()).isTrue();
    }
}
