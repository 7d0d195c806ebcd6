package io.modelfleet.console.matrix;

/**
 * A place in the grid as it is shown now.
 *
 * @param row 0 is the first node, {@link #HEADER} the header row
 * @param column 0 is the first model, {@link #HEADER} the column of names
 */
record Position(int row, int column) {
    static final int HEADER = -1;

    /** Whether a node and a model meet here. */
    boolean isCell() {
        return row >= 0 && column >= 0;
    }

    boolean isModelHeader() {
        return row == HEADER && column >= 0;
    }

    boolean isNodeHeader() {
        return column == HEADER && row >= 0;
    }
}
