package io.modelfleet.console.overview;

/**
 * A line in words.
 *
 * @param key the same for the same thing, whatever it says
 * @param title what it is
 * @param text more about it
 * @param aside on the right, such as its age; may be empty
 * @param hint in full, where the line is short for its text
 */
record Line(
        Object key, Sign sign, String title, String text, String aside, String hint, Link link) {}
