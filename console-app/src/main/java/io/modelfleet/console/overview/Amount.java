package io.modelfleet.console.overview;

import org.jspecify.annotations.Nullable;

/**
 * How much of something there is, and how much of that is in use.
 *
 * @param total absent where nobody knows
 * @param used of that total; absent where nobody knows
 */
record Amount(@Nullable Long total, @Nullable Long used) {
    static final Amount UNKNOWN = new Amount(null, null);

    /** 0 to 1, negative where it is not known. */
    double share() {
        return total == null || used == null || total == 0 ? -1 : (double) used / total;
    }

    @Nullable Long free() {
        return total == null || used == null ? null : (Long) (total - used);
    }

    /** A figure that is known in one of them only does not count: it would shift the share. */
    Amount plus(Amount other) {
        if (other.total == null) {
            return this;
        }
        if (total == null) {
            return other;
        }
        if (used != null && other.used != null) {
            return new Amount(total + other.total, used + other.used);
        }
        if (used == null && other.used == null) {
            return new Amount(total + other.total, null);
        }
        return used == null ? other : this;
    }

    /** The same for several alike. */
    Amount times(int count) {
        return new Amount(total == null ? null : total * count, used == null ? null : used * count);
    }
}
