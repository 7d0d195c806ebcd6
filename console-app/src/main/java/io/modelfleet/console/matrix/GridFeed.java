package io.modelfleet.console.matrix;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.support.Threads;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Builds grids in the background, since counting and sorting a large fleet takes longer than a
 * frame. They arrive in the order in which they were asked for; one that a later one has overtaken
 * is dropped.
 */
final class GridFeed {
    private final Threads threads;
    private final Consumer<Grid> built;
    private int asked;
    private int arrived;

    /**
     * @param built takes each grid, on the JavaFX thread
     */
    GridFeed(Threads threads, Consumer<Grid> built) {
        this.threads = threads;
        this.built = built;
    }

    void ask(FleetState fleet, Grid.Wish wish, Instant now) {
        asked++;
        int number = asked;
        threads.call(() -> Grid.of(fleet, wish, now), grid -> arrive(grid, number));
    }

    private void arrive(Grid grid, int number) {
        if (number > arrived) {
            arrived = number;
            built.accept(grid);
        }
    }

    /** Whether the grid that arrived last shows what was asked for last. */
    boolean isUpToDate() {
        return arrived == asked;
    }
}
