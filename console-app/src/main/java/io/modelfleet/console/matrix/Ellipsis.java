package io.modelfleet.console.matrix;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** Cuts text to a width, and remembers the results: measuring is too slow for every frame. */
final class Ellipsis {
    private static final int REMEMBERED = 4_000;

    private final Text ruler = new Text();
    private final Map<Asked, String> answers =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Asked, String> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Asked(String text, Font font, double width) {}

    double width(String text, Font font) {
        ruler.setFont(font);
        ruler.setText(text);
        return ruler.getLayoutBounds().getWidth();
    }

    /** The text, or as much of its beginning as fits with an ellipsis. */
    String cut(String text, Font font, double width) {
        Asked asked = new Asked(text, font, width);
        String known = answers.get(asked);
        if (known == null) {
            known = measure(text, font, width);
            answers.put(asked, known);
        }
        return known;
    }

    private String measure(String text, Font font, double width) {
        if (width(text, font) <= width) {
            return text;
        }
        int fits = 0;
        int tooLong = text.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            if (width(text.substring(0, middle) + "…", font) <= width) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return text.substring(0, fits) + "…";
    }
}
