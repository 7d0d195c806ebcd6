package io.modelfleet.coordinator.db;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures of the database that pass, without anyone changing the program, from bugs.
 *
 * <p>SQLSTATE classes: PostgreSQL's manual, appendix A. Five digits from 90000 on are H2's own
 * ({@code org.h2.api.ErrorCode}).
 */
final class Failures {
    private static final Set<String> FULL = Set.of("53100", "90100");

    /** The connection, or the whole database behind it, is of no use any more. */
    private static final Pattern LOST =
            Pattern.compile(
                    "08...|57P..|58...|28...|25006|25P03|90098|90121|90067|90031|90028|90020");

    /** Another try may succeed at once: out of connections, a deadlock, a lock not had in time. */
    private static final Pattern BUSY = Pattern.compile("53...|40...|55P03|57014|HYT00|90131");

    private static final Pattern NO_ROOM =
            Pattern.compile("(?i).*(no space left|not enough space|file too large|quota).*");

    private Failures() {}

    private enum Kind {
        LOST,
        FULL,
        BUSY
    }

    /** The refusal that callers are answered with; empty when the failure is a bug. */
    static Optional<FleetException> refusal(Throwable failure) {
        Kind kind = kind(failure);
        if (kind == null) {
            return Optional.empty();
        }
        FleetException refusal =
                new FleetException(
                        ErrorCode.UNAVAILABLE,
                        kind == Kind.FULL ? "UNAVAILABLE.database_full" : "UNAVAILABLE.database",
                        cause(failure));
        refusal.initCause(failure);
        return Optional.of(refusal);
    }

    /** Whether connections that were made before this are of no use any more. */
    static boolean endsConnections(Throwable failure) {
        Kind kind = kind(failure);
        return kind == Kind.LOST || kind == Kind.FULL;
    }

    private static @Nullable Kind kind(Throwable failure) {
        Kind found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Kind kind = own(cause);
            if (kind == Kind.FULL) {
                return kind;
            }
            found = found == null ? kind : found;
        }
        return found;
    }

    private static @Nullable Kind own(Throwable cause) {
        if (cause instanceof IOException) {
            String message = String.valueOf(cause.getMessage());
            return NO_ROOM.matcher(message).matches() ? Kind.FULL : Kind.LOST;
        }
        if (cause instanceof MVStoreException) {
            return Kind.LOST;
        }
        if (!(cause instanceof SQLException e)) {
            return null;
        }
        String state = String.valueOf(e.getSQLState());
        if (FULL.contains(state)) {
            return Kind.FULL;
        }
        if (LOST.matcher(state).matches()) {
            return Kind.LOST;
        }
        boolean busy =
                BUSY.matcher(state).matches() || e instanceof SQLTransientConnectionException;
        return busy ? Kind.BUSY : null;
    }

    /** The words of the innermost cause that has any, on one line and without the statement. */
    static String cause(Throwable failure) {
        String text = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null
                    && (cause instanceof SQLException || cause instanceof IOException)) {
                text = cause.getMessage();
            }
        }
        return text.lines()
                .findFirst()
                .orElse("")
                .replaceFirst("; SQL statement:.*", "")
                .replaceFirst(" \\[[\\d-]+]$", "");
    }
}
