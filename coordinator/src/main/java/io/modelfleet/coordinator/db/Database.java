package io.modelfleet.coordinator.db;

import com.zaxxer.hikari.pool.HikariPool;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.service.StartException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The one database, its schema brought up to date at start. Whatever goes wrong with it that passes
 * by itself, or by an operator's hand, is one refusal: {@link ErrorCode#UNAVAILABLE}.
 */
public final class Database implements AutoCloseable {
    private static final String H2_OPTIONS =
            // H2 acknowledges a commit up to half a second before it writes it, unless the delay is
            // 0.
            ";WRITE_DELAY=0"
                    + ";DB_CLOSE_ON_EXIT=FALSE"
                    // Column labels in lower case, as PostgreSQL has them.
                    + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
                    // As long as PostgreSQL's answer is waited for; H2's own 2 s are soon over on a
                    // slow disk.
                    + ";LOCK_TIMEOUT=10000"
                    + ";CACHE_SIZE=16384";

    private static final String PROBE =
            "INSERT INTO removed_node (id, version, removed_at) VALUES (?, 0, 0)";

    private static final String NO_PROBE = "DELETE FROM removed_node WHERE id = ?";

    private final WriteTurn turn = new WriteTurn();
    private final String name;
    private final String url;
    private final @Nullable String user;
    private final @Nullable String password;
    private final Watch watch;
    private final SqlErrors errors = new SqlErrors();
    private @Nullable Object metrics;
    private @Nullable ConnectionPool pool;
    private @Nullable DbClient raw;
    private @Nullable DbClient client;

    /**
     * @param url JDBC address
     */
    public Database(String url) {
        this("the database", url, null, null, null);
    }

    private Database(
            String name,
            String url,
            @Nullable String user,
            @Nullable String password,
            @Nullable DiskReserve reserve) {
        this.name = name;
        this.url = url;
        this.user = user;
        this.password = password;
        this.watch = new Watch(reserve, this::renew);
    }

    /** The embedded database in a folder. */
    public static Database embedded(Path folder) {
        return embedded(folder, DiskReserve.of(folder));
    }

    static Database embedded(Path folder, DiskReserve reserve) {
        return new Database("the database", embeddedUrl(folder), null, null, reserve);
    }

    static String embeddedUrl(Path folder) {
        return "jdbc:h2:file:" + folder.toAbsolutePath().resolve("modelfleet") + H2_OPTIONS;
    }

    /** A database on a server. */
    public static Database at(DatabaseAddress address) {
        return new Database(
                "the database " + address, address.url(), address.user(), address.password(), null);
    }

    /**
     * Opens the pool and migrates the schema.
     *
     * @throws StartException when the database cannot be opened, is in use, or is newer than this
     *     program
     */
    public void start() {
        try {
            pool = new ConnectionPool(url, user, password, errors, metrics);
            migrate(pool);
        } catch (HikariPool.PoolInitializationException | FlywayException e) {
            close();
            throw new StartException(name + " cannot be opened: " + Failures.cause(e), e);
        }
        raw = JdbcClientBuilder.create().connectionPool(pool).build();
        client = new Guard(watch).client(raw);
    }

    private static void migrate(ConnectionPool pool) {
        Flyway.configure()
                .dataSource(pool.source())
                .locations("classpath:io/modelfleet/coordinator/db")
                .loggers("slf4j")
                // Flyway would ignore what a newer program did to the schema.
                .ignoreMigrationPatterns(new String[0])
                .load()
                .migrate();
    }

    private void renew() {
        if (pool != null) {
            pool.renew();
        }
    }

    /**
     * Has the pool measure how long connections are waited for and used, which is how long
     * transactions take. To be called before the start.
     *
     * @param registry of Micrometer
     */
    public void measuredBy(Object registry) {
        metrics = registry;
    }

    /** How many statements and connections failed since the start. */
    public long errors() {
        return errors.sum();
    }

    /** Whether it is PostgreSQL; otherwise it is H2. */
    public boolean postgresql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Whether {@link #start} succeeded, and nobody has closed it since. */
    public boolean started() {
        return client != null;
    }

    /**
     * For single statements, each its own transaction.
     *
     * @throws FleetException {@link ErrorCode#UNAVAILABLE}, from its statements
     */
    public DbClient client() {
        return started(client);
    }

    private DbClient started(@Nullable DbClient open) {
        if (open == null) {
            throw pool == null
                    ? new IllegalStateException("not started")
                    : FleetException.of(ErrorCode.UNAVAILABLE, "the coordinator is stopping");
        }
        return open;
    }

    /**
     * Runs all of the work or none of it. Made for writes: it is refused while the disk is all but
     * full. After a refusal the work may still have been done, when the answer to the commit was
     * what got lost.
     *
     * @throws FleetException {@link ErrorCode#UNAVAILABLE}
     */
    public <T> T transaction(Function<DbTransaction, T> work) {
        return transaction(work, true);
    }

    private <T> T transaction(Function<DbTransaction, T> work, boolean keep) {
        watch.beforeWrite();
        DbTransaction transaction = started(raw).transaction();
        boolean open = true;
        try {
            T result = work.apply(transaction);
            if (keep) {
                open = false;
                transaction.commit();
            }
            watch.worked(true);
            return result;
        } catch (RuntimeException e) {
            throw watch.failed(e, true);
        } finally {
            if (open) {
                rollback(transaction);
            }
        }
    }

    /**
     * For writes that go around the client.
     *
     * @throws FleetException {@link ErrorCode#UNAVAILABLE} when there is no room for them
     */
    void beforeWrite() {
        watch.beforeWrite();
    }

    /** What is thrown in place of a failure of such a write. */
    RuntimeException failed(RuntimeException failure) {
        return watch.failed(failure, true);
    }

    private static void rollback(DbTransaction transaction) {
        try {
            transaction.rollback();
        } catch (DbClientException gone) {
            // The connection is, and what was done on it with it; why has been thrown already.
            return;
        }
    }

    /**
     * Runs all of a change to the fleet or none. Changes come one after the other, whichever
     * coordinator makes them: each is given the next version and sees all that came before.
     *
     * @param work is given the version that its rows must carry
     * @throws FleetException {@link ErrorCode#UNAVAILABLE}, also when too many others wait
     */
    public <T> T write(BiFunction<DbTransaction, Long, T> work) {
        turn.take();
        try {
            return transaction(
                    transaction -> {
                        transaction
                                .createUpdate("UPDATE fleet SET version = version + 1 WHERE id = 1")
                                .execute();
                        return work.apply(transaction, version(transaction));
                    });
        } finally {
            turn.pass();
        }
    }

    /** The version of the latest change. */
    public long version() {
        return version(client().execute());
    }

    private static long version(DbExecute execute) {
        return execute.createGet("SELECT version FROM fleet WHERE id = 1")
                .execute()
                .orElseThrow()
                .column("version")
                .getLong();
    }

    /** Whether other coordinators may work on the same database. */
    public boolean shared() {
        return !url.startsWith("jdbc:h2:file:");
    }

    /** Whether a query is answered now. */
    public boolean answers() {
        return client().execute().createGet("SELECT 1 AS one").execute().isPresent();
    }

    /**
     * Tries a write, and leaves nothing of it. It goes to the disk only where an earlier one
     * failed: a healthy database is not written to by those who ask how it is.
     *
     * @throws FleetException {@link ErrorCode#UNAVAILABLE} when writing is impossible now
     */
    public void checkWritable() {
        String id = UUID.randomUUID().toString();
        transaction(
                transaction -> {
                    transaction.createInsert(PROBE).addParam(id).execute();
                    return transaction.createDelete(NO_PROBE).addParam(id).execute();
                },
                watch.ofWrites());
    }

    @Override
    public void close() {
        client = null;
        raw = null;
        if (pool != null) {
            pool.close();
        }
    }
}
