package io.modelfleet.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The checks that the records' constructors share; each throws {@link ErrorCode#INVALID_REQUEST}.
 */
final class Check {
    /** Longer than any host name, model name or label that means something. */
    private static final int LONGEST_TEXT = 500;

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
        if (value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
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
}
