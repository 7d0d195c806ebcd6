package io.modelfleet.console.matrix;

import io.modelfleet.console.control.Tokens;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one painting of the grid depends on.
 *
 * @param hover what the mouse is over
 * @param focused whether keys go to the grid
 * @param old whether the coordinator was not heard for a while, so that everything turns grey
 */
record Frame(
        MatrixViewModel model,
        GridGeometry geometry,
        Tokens tokens,
        @Nullable Position hover,
        boolean focused,
        boolean old) {

    Color colour(String token) {
        return tokens.colour(token);
    }

    /** This colour, or grey when everything is. */
    Color ink(String token) {
        return tokens.colour(old ? "-mf-stale-fg" : token);
    }

    boolean hovers(Position at) {
        return at.equals(hover);
    }

    /** Where the cursor is, while it is to be seen. */
    @Nullable Position cursor() {
        return focused ? model.selection().cursor().get() : null;
    }

    /** Whether the mouse or the cursor is in this row. */
    boolean pointsAtRow(int row) {
        Position cursor = cursor();
        return (hover != null && hover.row() == row) || (cursor != null && cursor.row() == row);
    }

    /** Whether the mouse or the cursor is in this column. */
    boolean pointsAtColumn(int column) {
        Position cursor = cursor();
        return (hover != null && hover.column() == column)
                || (cursor != null && cursor.column() == column);
    }
}
