package io.modelfleet.simulator.faults;

/**
 * What a link does to the requests that pass.
 *
 * @param share of them, more than 0 to 1; {@link NetworkFault#REFUSE} meets all
 */
record Weather(NetworkFault fault, double share) {
    Weather {
        if (share <= 0 || share > 1) {
            throw new IllegalArgumentException("a share is more than 0 and at most 1: " + share);
        }
    }
}
