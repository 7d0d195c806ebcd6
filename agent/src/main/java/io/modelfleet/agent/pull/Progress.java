package io.modelfleet.agent.pull;

import org.jspecify.annotations.Nullable;

/**
 * How far a task is.
 *
 * @param fraction 0 to 1 over the whole model; never goes back
 * @param speed bytes per second over the last seconds, 0 when nothing moves
 * @param bytesCompleted bytes on disk; never goes back
 * @param bytesTotal bytes of the whole model; absent when the coordinator did not say
 */
public record Progress(
        double fraction, long speed, long bytesCompleted, @Nullable Long bytesTotal) {
    /** Nothing yet. */
    public static final Progress NONE = new Progress(0, 0, 0, null);
}
