package io.modelfleet.console.distribution;

/** Which nodes are meant. The words stand in the messages as {@code distribution.aim.NAME}. */
enum Aim {
    ALL,
    /** Those that were selected when the dialog was opened. */
    SELECTED,
    /** Those that a filter lets through. */
    FILTER
}
