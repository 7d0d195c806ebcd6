package io.modelfleet.console.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;

/**
 * The colours of one theme by name, from the file that CSS reads too: for what is painted rather
 * than styled.
 */
public final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("(-mf-[a-z-]+)\\s*:\\s*(#[0-9a-f]{6});");

    public static final Tokens LIGHT = new Tokens("light.css");
    public static final Tokens DARK = new Tokens("dark.css");

    private final String file;
    private final Map<String, Color> colours;

    private Tokens(String file) {
        this.file = file;
        this.colours = read(file);
    }

    /**
     * @param name such as {@code -mf-text-fg}
     */
    public Color colour(String name) {
        return Objects.requireNonNull(colours.get(name), name);
    }

    public Map<String, Color> all() {
        return colours;
    }

    /** Address of the token file, for a scene. */
    public String stylesheet() {
        return resource(file);
    }

    /** Address of the structural style sheet, which is the same for all themes. */
    public static String structure() {
        return resource("console.css");
    }

    private static String resource(String file) {
        return Objects.requireNonNull(Tokens.class.getResource(file), file).toExternalForm();
    }

    private static Map<String, Color> read(String file) {
        Map<String, Color> colours = new LinkedHashMap<>();
        try (InputStream css =
                Objects.requireNonNull(Tokens.class.getResourceAsStream(file), file)) {
            Matcher token = TOKEN.matcher(new String(css.readAllBytes(), StandardCharsets.UTF_8));
            while (token.find()) {
                colours.put(
                        Objects.requireNonNull(token.group(1)),
                        Color.web(Objects.requireNonNull(token.group(2))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(colours);
    }
}
