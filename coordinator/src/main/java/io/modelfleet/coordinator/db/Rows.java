package io.modelfleet.coordinator.db;

import io.helidon.dbclient.DbRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads columns that may be NULL, which Helidon's typed getters refuse. */
public final class Rows {
    private Rows() {}

    public static @Nullable String text(DbRow row, String column) {
        return row.column(column).getString();
    }

    public static @Nullable Long number(DbRow row, String column) {
        String text = text(row, column);
        return text == null ? null : Long.valueOf(text);
    }

    public static @Nullable Instant time(DbRow row, String column) {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    public static @Nullable UUID id(DbRow row, String column) {
        String text = text(row, column);
        return text == null ? null : UUID.fromString(text);
    }

    public static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : Long.valueOf(time.toEpochMilli());
    }
}
