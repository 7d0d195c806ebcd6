package io.modelfleet.coordinator.db;

import io.modelfleet.protocol.FleetException;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Keeps the embedded database's file as small as what it holds. H2 does that on a thread of its
 * own, but not with {@code WRITE_DELAY=0}: then each page that lives on pins the whole transaction
 * that it was written with, and the file grows for as long as the process runs.
 */
public final class Compaction {
    private static final System.Logger LOG = System.getLogger(Compaction.class.getName());

    /** Percent of the written pages that are still in use, below which they are gathered. */
    private static final int LEAST_IN_USE = 50;

    /** Bytes written in a round: some milliseconds, in which writers wait. */
    private static final int ROUND = 4 << 20;

    private static final int MOST_ROUNDS = 5;

    private final Database database;

    public Compaction(Database database) {
        this.database = database;
    }

    /**
     * One pass; nothing where the database is not the embedded one.
     *
     * @throws FleetException {@link io.modelfleet.protocol.ErrorCode#UNAVAILABLE} when the disk has
     *     no room for it
     */
    public void pass() {
        if (database.postgresql()) {
            return;
        }
        database.beforeWrite();
        try (Connection connection = database.client().unwrap(Connection.class)) {
            if (connection.unwrap(JdbcConnection.class).getSession()
                    instanceof SessionLocal session) {
                compact(session.getDatabase().getStore().getMvStore());
            }
        } catch (MVStoreException e) {
            throw database.failed(e);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "The database was not compacted", e);
        }
    }

    private static void compact(MVStore store) {
        int rounds = 0;
        while (rounds < MOST_ROUNDS && store.compact(LEAST_IN_USE, ROUND)) {
            rounds++;
        }
    }
}
