package io.modelfleet.coordinator.db;

import java.sql.SQLException;

/** No connection could be had in time. */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(SQLException cause) {
        super(cause);
    }
}
