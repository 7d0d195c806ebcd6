package io.modelfleet.console.matrix;

import io.modelfleet.console.matrix.GridGeometry.Box;
import io.modelfleet.console.support.Formats;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import org.jspecify.annotations.Nullable;

/**
 * Paints what is seen of the grid. Nothing is clipped, which costs much in software rendering: what
 * lies on top is painted last.
 */
final class GridPainter {
    private static final String LINE = "-mf-hover-bg";

    private final CellPainter cells;
    private final HeaderPainter headers;

    GridPainter(CellText words, Formats formats) {
        Ellipsis ellipsis = new Ellipsis();
        this.cells = new CellPainter(ellipsis, words);
        this.headers = new HeaderPainter(ellipsis, words, formats);
    }

    void paint(GraphicsContext gc, Frame frame) {
        GridGeometry all = frame.geometry();
        Position cursor = frame.cursor();
        gc.setTextBaseline(VPos.CENTER);
        background(gc, frame, new Box(0, 0, all.width(), all.height()));
        if (all.rows() == 0 || all.columns() == 0) {
            return;
        }
        lines(gc, frame);
        cells.paint(gc, frame);
        cursor(gc, frame, cursor != null && cursor.isCell() ? cursor : null);

        background(gc, frame, new Box(0, 0, GridGeometry.NAMES_WIDTH, all.height()));
        headers.nodes(gc, frame);
        rowLines(gc, frame, GridGeometry.NAMES_WIDTH);
        cursor(gc, frame, cursor != null && cursor.isNodeHeader() ? cursor : null);

        background(gc, frame, new Box(0, 0, all.width(), GridGeometry.HEADER_HEIGHT));
        headers.models(gc, frame);
        columnLines(gc, frame, GridGeometry.HEADER_HEIGHT);
        cursor(gc, frame, cursor != null && cursor.isModelHeader() ? cursor : null);

        background(gc, frame, new Box(0, 0, GridGeometry.NAMES_WIDTH, GridGeometry.HEADER_HEIGHT));
        gc.setFill(frame.colour("-mf-line"));
        gc.fillRect(0, GridGeometry.HEADER_HEIGHT - 1, all.width(), 1);
        gc.fillRect(GridGeometry.NAMES_WIDTH - 1, 0, 1, all.height());
    }

    private static void background(GraphicsContext gc, Frame frame, Box box) {
        Brush.fill(gc, frame.colour("-mf-surface-bg"), box);
    }

    private static void lines(GraphicsContext gc, Frame frame) {
        GridGeometry all = frame.geometry();
        rowLines(gc, frame, all.box(new Position(0, all.columns())).x());
        columnLines(gc, frame, all.box(new Position(all.rows(), 0)).y());
    }

    private static void rowLines(GraphicsContext gc, Frame frame, double right) {
        GridGeometry all = frame.geometry();
        gc.setFill(frame.colour(LINE));
        for (int row = all.firstRow(); row < all.endRow(); row++) {
            Box box = all.box(new Position(row, Position.HEADER));
            gc.fillRect(0, box.y() + box.height() - 1, right, 1);
        }
    }

    private static void columnLines(GraphicsContext gc, Frame frame, double bottom) {
        GridGeometry all = frame.geometry();
        gc.setFill(frame.colour(LINE));
        for (int column = all.firstColumn(); column < all.endColumn(); column++) {
            Box box = all.box(new Position(Position.HEADER, column));
            gc.fillRect(box.x() + box.width() - 1, 0, 1, bottom);
        }
    }

    private static void cursor(GraphicsContext gc, Frame frame, @Nullable Position at) {
        if (at != null) {
            Brush.cursor(gc, frame.colour("-mf-accent"), frame.geometry().box(at));
        }
    }
}
