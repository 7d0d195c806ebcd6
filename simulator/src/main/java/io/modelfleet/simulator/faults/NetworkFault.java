package io.modelfleet.simulator.faults;

/** A way in which a network, or what stands in it, fails. */
enum NetworkFault {
    /** Nothing listens, and connections that were open are gone. */
    REFUSE,
    /** A request waits before it is passed on. */
    DELAY,
    /** The connection ends in the middle of a request; the receiver saw half of it. */
    CUT_REQUEST,
    /** The connection ends in the middle of the answer. */
    CUT_ANSWER,
    /** The connection is accepted, and then nothing is ever said (half-open). */
    SILENCE,
    /** A request arrives twice, the second time at once or some seconds later. */
    DUPLICATE,
    /** A request waits until later ones have passed, even when its sender has given up. */
    REORDER,
    /** The work is done, the answer never arrives. */
    LOSE_ANSWER
}
