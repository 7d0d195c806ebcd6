package io.modelfleet.console.distribution;

import io.modelfleet.console.control.State;

/**
 * What a distribution means for one node. The words stand in the messages as {@code
 * distribution.outcome.NAME}.
 */
enum Outcome {
    STARTS(State.DOWNLOADING, true),
    /** The node holds the model, and fetches what changed since. */
    AGAIN(State.DOWNLOADING, true),
    WAITS_OFFLINE(State.QUEUED, true),
    WAITS_PAUSED(State.QUEUED, true),
    WAITS_FULL(State.QUEUED, true),
    RUNNING(State.DOWNLOADING, false),
    INSTALLED(State.INSTALLED, false),
    OFFLINE(State.OFFLINE, false),
    PAUSED(State.PAUSED, false),
    /** The model is larger than what is left of the disk. */
    FULL(State.TOOBIG, false);

    private final State state;
    private final boolean gets;

    Outcome(State state, boolean gets) {
        this.state = state;
        this.gets = gets;
    }

    /** Sign and colour. */
    State state() {
        return state;
    }

    /** Whether the node gets a task; otherwise it is left out. */
    boolean gets() {
        return gets;
    }

    /** Whether the task starts only later. */
    boolean waits() {
        return state == State.QUEUED;
    }

    String key() {
        return "distribution.outcome." + name();
    }
}
