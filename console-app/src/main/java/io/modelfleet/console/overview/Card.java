package io.modelfleet.console.overview;

/**
 * One figure of the fleet, in words.
 *
 * @param share 0 to 1 of what a bar shows; negative where there is nothing to show
 * @param text what the figure consists of
 */
record Card(String figure, double share, String text) {
    static final Card NOTHING = new Card("", -1, "");
}
