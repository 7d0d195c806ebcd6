package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/tasks/{id}/progress}. Agents of other makes send only {@code progress} and
 * {@code speed}; a progress of 1 then means that the task is completed.
 *
 * @param progress 0 to 1 over the whole model
 * @param speed bytes per second
 * @param status one that only a newer agent knows is read as {@link TaskStatus#PENDING}, which
 *     changes nothing
 * @param error what went wrong, with {@link TaskStatus#FAILED}; longer text is cut off
 * @param errorCode {@code null} also for one that only a newer agent knows; the text says it all
 */
public record ProgressReport(
        @Nullable Double progress,
        @Nullable Double speed,
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                @Nullable TaskStatus status,
        @Nullable Long bytesCompleted,
        @Nullable Long bytesTotal,
        @Nullable String error,
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
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
