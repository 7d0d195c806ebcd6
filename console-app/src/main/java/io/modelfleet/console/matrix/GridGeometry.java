package io.modelfleet.console.matrix;

import org.jspecify.annotations.Nullable;

/**
 * Where everything lies on the canvas, in pixels. The header row and the column of names stand
 * still, the cells move under them.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param rows number of nodes
 * @param columns number of models
 * @param scrollX how far the cells are moved to the left
 * @param scrollY how far the cells are moved up
 */
record GridGeometry(
        double width, double height, int rows, int columns, double scrollX, double scrollY) {
    static final double NAMES_WIDTH = 210;
    static final double HEADER_HEIGHT = 50;
    static final double ROW_HEIGHT = 34;

    private static final double LEAST_CELL_WIDTH = 128;
    private static final double MOST_CELL_WIDTH = 180;
    private static final double ARROW_WIDTH = 28;

    static final GridGeometry EMPTY = new GridGeometry(0, 0, 0, 0, 0, 0);

    /** A box on the canvas. */
    record Box(double x, double y, double width, double height) {
        double middleX() {
            return x + width / 2;
        }

        double middleY() {
            return y + height / 2;
        }
    }

    /** This geometry, scrolled as near to there as there is something to see. */
    GridGeometry scrolledTo(double x, double y) {
        GridGeometry next =
                new GridGeometry(
                        width,
                        height,
                        rows,
                        columns,
                        Math.clamp(Math.rint(x), 0, mostScrollX()),
                        Math.clamp(Math.rint(y), 0, mostScrollY()));
        return next.equals(this) ? this : next;
    }

    /** Few models share the whole width, many keep a readable one. */
    double cellWidth() {
        double share = columns == 0 ? MOST_CELL_WIDTH : Math.floor(viewWidth() / columns);
        return Math.clamp(share, LEAST_CELL_WIDTH, MOST_CELL_WIDTH);
    }

    /** Width of what is right of the names. */
    double viewWidth() {
        return Math.max(0, width - NAMES_WIDTH);
    }

    /** Height of what is under the header. */
    double viewHeight() {
        return Math.max(0, height - HEADER_HEIGHT);
    }

    double mostScrollX() {
        return Math.max(0, columns * cellWidth() - viewWidth());
    }

    double mostScrollY() {
        return Math.max(0, rows * ROW_HEIGHT - viewHeight());
    }

    int firstRow() {
        return (int) (scrollY / ROW_HEIGHT);
    }

    /** One more than the last row of which something is seen. */
    int endRow() {
        return (int) Math.min(rows, Math.ceil((scrollY + viewHeight()) / ROW_HEIGHT));
    }

    int firstColumn() {
        return (int) (scrollX / cellWidth());
    }

    /** One more than the last column of which something is seen. */
    int endColumn() {
        return (int) Math.min(columns, Math.ceil((scrollX + viewWidth()) / cellWidth()));
    }

    /** How many whole rows fit. */
    int page() {
        return Math.max(1, (int) (viewHeight() / ROW_HEIGHT) - 1);
    }

    /** What lies under a point, absent for the corner and beside the grid. */
    @Nullable Position at(double x, double y) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return null;
        }
        int column =
                x < NAMES_WIDTH
                        ? Position.HEADER
                        : (int) ((x - NAMES_WIDTH + scrollX) / cellWidth());
        int row =
                y < HEADER_HEIGHT
                        ? Position.HEADER
                        : (int) ((y - HEADER_HEIGHT + scrollY) / ROW_HEIGHT);
        boolean outside = row >= rows || column >= columns;
        return outside || (row < 0 && column < 0) ? null : new Position(row, column);
    }

    /** The cell nearest to a point: a drag may leave the grid. */
    Position nearest(double x, double y) {
        double column = (x - NAMES_WIDTH + scrollX) / cellWidth();
        double row = (y - HEADER_HEIGHT + scrollY) / ROW_HEIGHT;
        return new Position(
                Math.clamp((long) Math.floor(row), 0, rows - 1),
                Math.clamp((long) Math.floor(column), 0, columns - 1));
    }

    /** Where a cell or a header lies now; parts of it may be covered or outside. */
    Box box(Position at) {
        double x = at.column() < 0 ? 0 : NAMES_WIDTH + at.column() * cellWidth() - scrollX;
        double y = at.row() < 0 ? 0 : HEADER_HEIGHT + at.row() * ROW_HEIGHT - scrollY;
        return new Box(
                x,
                y,
                at.column() < 0 ? NAMES_WIDTH : cellWidth(),
                at.row() < 0 ? HEADER_HEIGHT : ROW_HEIGHT);
    }

    /** Where the arrow of a model's header lies, which distributes the model. */
    Box arrow(int column) {
        Box header = box(new Position(Position.HEADER, column));
        return new Box(
                header.x() + header.width() - ARROW_WIDTH, header.y(), ARROW_WIDTH, HEADER_HEIGHT);
    }

    /** Scrolled just so far that all of this is seen. */
    GridGeometry revealing(Position at) {
        double x = scrollX;
        double y = scrollY;
        if (at.column() >= 0) {
            double left = at.column() * cellWidth();
            x = Math.max(Math.min(x, left), left + cellWidth() - viewWidth());
        }
        if (at.row() >= 0) {
            double top = at.row() * ROW_HEIGHT;
            y = Math.max(Math.min(y, top), top + ROW_HEIGHT - viewHeight());
        }
        return scrolledTo(x, y);
    }
}
