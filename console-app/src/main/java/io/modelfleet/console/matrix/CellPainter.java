package io.modelfleet.console.matrix;

import io.modelfleet.console.control.State;
import io.modelfleet.console.matrix.GridGeometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/** Paints the cells that are seen. */
final class CellPainter {
    private static final double INSET = 3;
    private static final double BAR_FROM = 72;
    private static final double BAR_HEIGHT = 6;

    private final Ellipsis ellipsis;
    private final CellText words;

    CellPainter(Ellipsis ellipsis, CellText words) {
        this.ellipsis = ellipsis;
        this.words = words;
    }

    void paint(GraphicsContext gc, Frame frame) {
        GridGeometry geometry = frame.geometry();
        Set<CellKey> selected = frame.model().selection().cells().get();
        Grid grid = frame.model().grid().get();
        List<Box> chosen = new ArrayList<>();
        for (int row = geometry.firstRow(); row < geometry.endRow(); row++) {
            for (int column = geometry.firstColumn(); column < geometry.endColumn(); column++) {
                Position at = new Position(row, column);
                Box box = geometry.box(at);
                if (!selected.isEmpty() && selected.contains(grid.key(row, column))) {
                    chosen.add(box);
                    Brush.fill(gc, frame.colour("-mf-accent-soft-bg"), box);
                }
                paint(gc, frame, at, box);
            }
        }
        gc.setStroke(frame.colour("-mf-accent"));
        chosen.forEach(
                box -> gc.strokeRect(box.x() - 0.5, box.y() - 0.5, box.width(), box.height()));
    }

    private void paint(GraphicsContext gc, Frame frame, Position at, Box box) {
        if (frame.hovers(at) && frame.model().isAtOnce(at)) {
            invite(gc, frame, box);
            return;
        }
        Cell cell = frame.model().cell(at.row(), at.column());
        boolean grey = cell.stale() || frame.old();
        State state = cell.kind().state();
        if (cell.kind() != Cell.Kind.ABSENT) {
            pill(gc, frame.colour(grey ? State.OFFLINE.background() : state.background()), box);
        }
        Color ink = frame.colour(grey ? State.OFFLINE.foreground() : state.foreground());
        double x = box.x() + Brush.PAD;
        boolean hasBar = cell.kind() == Cell.Kind.DOWNLOADING;
        double room = (hasBar ? BAR_FROM : box.width() - Brush.PAD / 2) - Brush.PAD;
        Brush.text(gc, state.sign(), Brush.NORMAL, ink, x, box.middleY());
        String word = words.word(cell);
        if (!word.isEmpty()) {
            gc.fillText(
                    ellipsis.cut(word, Brush.NORMAL, room - Brush.SIGN_WIDTH),
                    x + Brush.SIGN_WIDTH,
                    box.middleY());
        }
        if (hasBar) {
            bar(gc, frame, cell.progress(), grey, box);
        }
    }

    /** What a click would do. */
    private void invite(GraphicsContext gc, Frame frame, Box box) {
        pill(gc, frame.colour("-mf-accent-soft-bg"), box);
        Color ink = frame.colour("-mf-accent-soft-fg");
        double x = box.x() + Brush.PAD;
        Brush.arrow(gc, ink, x + 5, box.middleY());
        String word =
                ellipsis.cut(
                        words.invitation(),
                        Brush.NORMAL,
                        box.width() - 2 * Brush.PAD - Brush.SIGN_WIDTH);
        Brush.text(gc, word, Brush.NORMAL, ink, x + Brush.SIGN_WIDTH, box.middleY());
    }

    private static void pill(GraphicsContext gc, Color colour, Box box) {
        gc.setFill(colour);
        gc.fillRoundRect(
                box.x() + INSET,
                box.y() + INSET,
                box.width() - 2 * INSET - 1,
                box.height() - 2 * INSET - 1,
                Brush.ROUND,
                Brush.ROUND);
    }

    private static void bar(
            GraphicsContext gc, Frame frame, double progress, boolean grey, Box box) {
        double x = box.x() + BAR_FROM;
        double width = box.width() - BAR_FROM - Brush.PAD;
        double y = Math.rint(box.middleY() - BAR_HEIGHT / 2);
        gc.setFill(frame.colour("-mf-line"));
        gc.fillRoundRect(x, y, width, BAR_HEIGHT, BAR_HEIGHT, BAR_HEIGHT);
        double done = Math.rint(width * progress);
        if (done >= 1) {
            gc.setFill(frame.colour(grey ? "-mf-stale-fg" : "-mf-accent"));
            gc.fillRoundRect(x, y, Math.max(done, BAR_HEIGHT), BAR_HEIGHT, BAR_HEIGHT, BAR_HEIGHT);
        }
    }
}
