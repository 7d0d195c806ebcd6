package io.modelfleet.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The checks that the records' constructors share; each throws {@link ErrorCode#INVALID_REQUEST}.
 */
final class Check {
    /** Longer than any host name, model name or label that means something. */
    private static final int LONGEST_TEXT = 500;

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final int ABSOLUTE_ZERO = -273;
    private static final int HOTTEST = 1000;

    private Check() {}

    static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw FleetException.missingField(field);
        }
        return value;
    }

    static void text(String field, @Nullable String value) {
        if (present(field, value).isBlank()) {
            throw FleetException.missingField(field);
        }
        optionalText(field, value, LONGEST_TEXT);
    }

    static void optionalText(String field, @Nullable String value, int longest) {
        if (value == null) {
            return;
        }
        if (value.length() > longest) {
            throw FleetException.invalidValue(field, value, "<= " + longest + " characters");
        }
        // A null character cannot be stored in PostgreSQL, the others forge log lines.
        if (value.chars().anyMatch(Text::unprintable)) {
            throw FleetException.invalidValue(field, "control character", "printable text");
        }
    }

    static void range(String field, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw FleetException.invalidValue(field, value, least + "–" + most);
        }
    }

    static void notNegative(String field, @Nullable Long value) {
        if (value != null && value < 0) {
            throw FleetException.invalidValue(field, value, ">= 0");
        }
    }

    static void fraction(String field, @Nullable Double value, double most) {
        if (value != null && !(value >= 0 && value <= most)) {
            throw FleetException.invalidValue(field, value, "0–" + (long) most);
        }
    }

    /** Years beyond these fit neither RFC 3339 nor a count of milliseconds. */
    static void time(String field, @Nullable Instant value) {
        if (value != null && (value.isBefore(EARLIEST) || value.isAfter(LATEST))) {
            throw FleetException.invalidValue(field, value, "0000–9999");
        }
    }

    /** A number too great for a {@code double} is read as infinite, and so it is refused too. */
    static void celsius(String field, @Nullable Double value) {
        if (value != null && !(value >= ABSOLUTE_ZERO && value <= HOTTEST)) {
            throw FleetException.invalidValue(field, value, ABSOLUTE_ZERO + "–" + HOTTEST);
        }
    }
}
