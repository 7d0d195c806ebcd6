package io.modelfleet.coordinator.db;

import io.helidon.dbclient.DbRow;
import java.util.Optional;

/** How the database is, as it was last looked at: whoever asks does not wait for it. */
public final class DatabaseMonitor {
    private static final System.Logger LOG = System.getLogger(DatabaseMonitor.class.getName());

    private static final String H2_SIZE =
            """
            SELECT setting_value AS size
              FROM information_schema.settings
             WHERE setting_name = 'info.FILE_SIZE'
            """;

    private static final String POSTGRESQL_SIZE =
            "SELECT pg_database_size(current_database()) AS size";

    private final Database database;
    private volatile boolean up;
    private volatile double size = Double.NaN;

    public DatabaseMonitor(Database database) {
        this.database = database;
    }

    /** One look. */
    public void look() {
        try {
            Optional<DbRow> row =
                    database.client()
                            .execute()
                            .createGet(database.postgresql() ? POSTGRESQL_SIZE : H2_SIZE)
                            .execute();
            size = row.map(found -> Rows.number(found, "size")).map(Long::doubleValue).orElse(size);
            up = true;
        } catch (RuntimeException e) {
            // Whatever it is, whoever needs the database complains about it.
            LOG.log(System.Logger.Level.DEBUG, "The database does not answer", e);
            up = false;
        }
    }

    /** Whether it answered the last look. */
    public boolean up() {
        return up;
    }

    /** Bytes on disk; not a number before the first look, and for a database in memory. */
    public double size() {
        return size;
    }
}
