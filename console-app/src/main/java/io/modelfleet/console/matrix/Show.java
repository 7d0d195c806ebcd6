package io.modelfleet.console.matrix;

/** Which nodes and models the grid shows, beyond what was typed. */
enum Show {
    ALL,
    /** Models that the nodes do not all have alike, and the nodes that differ from most others. */
    DIFFERENCES,
    /** Where something is under way. */
    ACTIVE,
    /** Where the last task failed. */
    FAILED;

    String key() {
        return "matrix.show." + name();
    }
}
