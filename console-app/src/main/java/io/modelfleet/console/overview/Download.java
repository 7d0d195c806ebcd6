package io.modelfleet.console.overview;

import java.util.UUID;

/**
 * A download that moves, in words.
 *
 * @param progress 0 to 1
 * @param figures percentage, speed and time left, as far as they are known
 */
record Download(UUID task, String model, String node, double progress, String figures) {}
