package io.modelfleet.console.matrix;

import io.modelfleet.console.matrix.GridGeometry.Box;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;

/** What all parts of the grid are painted with. */
final class Brush {
    static final double PAD = 12;
    static final double SIGN_WIDTH = 18;
    static final double ROUND = 8;

    private static final String FAMILY = Font.getDefault().getFamily();
    static final Font NORMAL = Font.font(FAMILY, 13);
    static final Font BOLD = Font.font(FAMILY, FontWeight.BOLD, 13);
    static final Font SMALL = Font.font(FAMILY, 11.5);

    private static final double ARROW_LINE = 1.6;
    private static final double CURSOR_LINE = 2;

    private Brush() {}

    static void fill(GraphicsContext gc, Color colour, Box box) {
        gc.setFill(colour);
        gc.fillRect(box.x(), box.y(), box.width(), box.height());
    }

    static void text(GraphicsContext gc, String text, Font font, Color colour, double x, double y) {
        gc.setFont(font);
        gc.setFill(colour);
        gc.fillText(text, x, y);
    }

    /** The sign of distributing: an arrow onto a line. */
    static void arrow(GraphicsContext gc, Color colour, double x, double y) {
        gc.setStroke(colour);
        gc.setLineWidth(ARROW_LINE);
        gc.strokeLine(x, y - 7, x, y + 2.5);
        gc.strokeLine(x - 4, y - 1.5, x, y + 2.5);
        gc.strokeLine(x + 4, y - 1.5, x, y + 2.5);
        gc.strokeLine(x - 5, y + 6.5, x + 5, y + 6.5);
        gc.setLineWidth(1);
    }

    /** The ring around what has the cursor. */
    static void cursor(GraphicsContext gc, Color colour, Box box) {
        gc.setStroke(colour);
        gc.setLineWidth(CURSOR_LINE);
        gc.strokeRoundRect(
                box.x() + 1, box.y() + 1, box.width() - 3, box.height() - 3, ROUND, ROUND);
        gc.setLineWidth(1);
    }
}
