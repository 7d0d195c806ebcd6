package io.modelfleet.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

class ContrastTest {
    /** WCAG 2.2, success criterion 1.4.3. */
    private static final double LEAST = 4.5;

    private static final List<Map.Entry<String, Tokens>> THEMES =
            List.of(Map.entry("light", Tokens.LIGHT), Map.entry("dark", Tokens.DARK));

    @Test
    void everyTextCanBeReadOnItsBackground() {
        List<String> unreadable = new ArrayList<>();
        for (Map.Entry<String, Tokens> theme : THEMES) {
            Tokens tokens = theme.getValue();
            for (String text : texts(tokens)) {
                for (String ground : grounds(tokens, text)) {
                    double contrast = contrast(tokens.colour(text), tokens.colour(ground));
                    if (contrast < LEAST) {
                        unreadable.add(
                                "%s: %s on %s: %.2f"
                                        .formatted(theme.getKey(), text, ground, contrast));
                    }
                }
            }
        }
        assertThat(unreadable).isEmpty();
    }

    @Test
    void bothThemesHaveTheSameTokensAndOnePairForEachState() {
        assertThat(Tokens.LIGHT.all().keySet()).isEqualTo(Tokens.DARK.all().keySet());
        for (State state : State.values()) {
            assertThat(Tokens.LIGHT.all()).containsKeys(state.foreground(), state.background());
        }
    }

    @Test
    void noColourStandsOutsideTheTokenFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            List<Path> others =
                    files.filter(file -> file.toString().matches(".*\\.(css|fxml|java)"))
                            .filter(file -> !file.endsWith("light.css"))
                            .filter(file -> !file.endsWith("dark.css"))
                            .toList();
            assertThat(others)
                    .allSatisfy(
                            file ->
                                    assertThat(Files.readString(file))
                                            .doesNotContainPattern("#[0-9a-fA-F]{6}\\b"));
        }
    }

    private static List<String> texts(Tokens tokens) {
        return tokens.all().keySet().stream().filter(name -> name.endsWith("-fg")).toList();
    }

    private static List<String> grounds(Tokens tokens, String text) {
        String own = text.replaceFirst("-fg$", "-bg");
        return tokens.all().containsKey(own)
                ? List.of(own)
                : List.of("-mf-surface-bg", "-mf-canvas-bg", "-mf-hover-bg");
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
