package io.modelfleet.protocol;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/tasks/{id}/progress}. Agents of other makes send only {@code progress} and
 * {@code speed}; a progress of 1 then means that the task is completed.
 *
 * @param progress 0 to 1 over the whole model
 * @param speed bytes per second
 * @param error what went wrong, with {@link TaskStatus#FAILED}; longer text is cut off
 */
public record ProgressReport(
        @Nullable Double progress,
        @Nullable Double speed,
        @Nullable TaskStatus status,
        @Nullable Long bytesCompleted,
        @Nullable Long bytesTotal,
        @Nullable String error,
        @Nullable ErrorCode errorCode) {

    /** Enough for the longest message of Ollama, little enough for a database row. */
    private static final int LONGEST_ERROR = 2000;

    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} when neither progress nor status is
     *     given, or one is impossible
     */
    public ProgressReport {
        if (progress == null && status == null) {
            throw FleetException.missingField("progress");
        }
        Check.fraction("progress", progress, 1);
        Check.fraction("speed", speed, Long.MAX_VALUE);
        Check.notNegative("bytes_completed", bytesCompleted);
        Check.notNegative("bytes_total", bytesTotal);
        // Refusing the words would lose the failure that they explain.
        error = error == null ? null : Text.printable(Text.shortened(error, LONGEST_ERROR));
    }
}
