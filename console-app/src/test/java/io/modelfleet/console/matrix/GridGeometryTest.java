package io.modelfleet.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GridGeometryTest {
    private static final GridGeometry LARGE = new GridGeometry(1000, 600, 1000, 200, 0, 0);

    @Test
    void findsBackEveryCellInItsOwnMiddle() {
        GridGeometry moved = LARGE.scrolledTo(3333, 4444);
        for (int row = moved.firstRow() + 1; row < moved.endRow() - 1; row++) {
            for (int column = moved.firstColumn() + 1; column < moved.endColumn() - 1; column++) {
                Position at = new Position(row, column);
                GridGeometry.Box box = moved.box(at);
                assertThat(moved.at(box.middleX(), box.middleY())).isEqualTo(at);
            }
        }
    }

    @Test
    void headersStandStillOverTheCells() {
        GridGeometry moved = LARGE.scrolledTo(640, 340);
        assertThat(moved.at(5, 300)).matches(at -> at != null && at.isNodeHeader());
        assertThat(moved.at(500, 5)).matches(at -> at != null && at.isModelHeader());
        assertThat(moved.at(5, 5)).isNull();
    }

    @Test
    void thereIsNothingBesideASmallGrid() {
        GridGeometry small = new GridGeometry(1000, 600, 2, 2, 0, 0);
        assertThat(small.at(900, 60)).isNull();
        assertThat(small.at(300, 500)).isNull();
        assertThat(small.at(-1, 60)).isNull();
        assertThat(small.mostScrollX()).isZero();
    }

    @Test
    void scrollsNoFurtherThanThereIsSomethingToSee() {
        GridGeometry end = LARGE.scrolledTo(1e9, 1e9);
        assertThat(end.endRow()).isEqualTo(1000);
        assertThat(end.endColumn()).isEqualTo(200);
        assertThat(end.scrolledTo(-5, -5)).isEqualTo(LARGE);
    }

    @Test
    void revealsACellWithTheLeastMovement() {
        assertThat(LARGE.revealing(new Position(3, 2))).isEqualTo(LARGE);
        GridGeometry moved = LARGE.revealing(new Position(500, 100));
        GridGeometry.Box box = moved.box(new Position(500, 100));
        assertThat(box.x() + box.width()).isEqualTo(1000);
        assertThat(box.y() + box.height()).isEqualTo(600);
        assertThat(moved.revealing(new Position(Position.HEADER, 100)).scrollY())
                .isEqualTo(moved.scrollY());
    }

    @Test
    void fewColumnsShareTheWidth() {
        assertThat(new GridGeometry(1000, 600, 5, 5, 0, 0).cellWidth()).isEqualTo(158);
        assertThat(new GridGeometry(1000, 600, 5, 1, 0, 0).cellWidth()).isEqualTo(180);
        assertThat(LARGE.cellWidth()).isEqualTo(128);
    }

    @Test
    void aDragThatLeavesTheGridMeansTheNearestCell() {
        assertThat(LARGE.nearest(-50, -50)).isEqualTo(new Position(0, 0));
        assertThat(LARGE.scrolledTo(1e9, 1e9).nearest(5000, 5000))
                .isEqualTo(new Position(999, 199));
    }
}
