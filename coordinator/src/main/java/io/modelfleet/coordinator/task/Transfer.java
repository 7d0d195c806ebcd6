package io.modelfleet.coordinator.task;

import org.jspecify.annotations.Nullable;

/**
 * How far the bytes are.
 *
 * @param progress 0 to 1, never goes back
 * @param speed bytes per second
 * @param bytesCompleted never goes back
 * @param bytesTotal of the whole model
 */
public record Transfer(
        double progress, long speed, @Nullable Long bytesCompleted, @Nullable Long bytesTotal) {
    static final Transfer NONE = new Transfer(0, 0, null, null);

    /** Takes a report's figures; where it names no bytes they follow from its progress. */
    Transfer reported(
            @Nullable Double newProgress,
            @Nullable Double newSpeed,
            @Nullable Long completed,
            @Nullable Long total) {
        double further = newProgress == null ? progress : Math.max(progress, newProgress);
        Long whole = total == null ? bytesTotal : total;
        Long moved =
                completed == null && whole != null
                        ? Long.valueOf((long) (further * whole))
                        : completed;
        return new Transfer(
                further, newSpeed == null ? 0 : newSpeed.longValue(), later(moved), whole);
    }

    private @Nullable Long later(@Nullable Long moved) {
        if (moved == null || bytesCompleted == null) {
            return moved == null ? bytesCompleted : moved;
        }
        return Long.valueOf(Math.max(moved, bytesCompleted));
    }

    /** The further of two; the speed is the other's. */
    Transfer withNewsOf(Transfer heard) {
        return new Transfer(
                Math.max(progress, heard.progress),
                heard.speed,
                later(heard.bytesCompleted),
                bytesTotal == null ? heard.bytesTotal : bytesTotal);
    }

    /** As far as this one, at the speed and of the size that the other knows. */
    Transfer atSpeedOf(Transfer now) {
        return new Transfer(
                progress,
                now.speed,
                bytesCompleted,
                now.bytesTotal == null ? bytesTotal : now.bytesTotal);
    }

    /** All bytes are there. */
    Transfer whole() {
        return new Transfer(1, 0, bytesTotal == null ? bytesCompleted : bytesTotal, bytesTotal);
    }

    /** Nothing moves. */
    Transfer still() {
        return speed == 0 ? this : new Transfer(progress, 0, bytesCompleted, bytesTotal);
    }

    /** Bytes still to come; 0 when unknown. */
    public long remaining() {
        return bytesTotal == null
                ? 0
                : Math.max(0, bytesTotal - (bytesCompleted == null ? 0 : bytesCompleted));
    }
}
