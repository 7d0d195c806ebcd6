package io.modelfleet.coordinator.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import io.modelfleet.service.StartException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The pool of connections to the one database, its schema brought up to date at start. */
public final class Database implements AutoCloseable {
    /** Enough for two cores: transactions are short, and H2 writes one after the other anyway. */
    private static final int CONNECTIONS = 10;

    private static final String H2_OPTIONS =
            // H2 acknowledges a commit up to half a second before it writes it, unless the delay is
            // 0.
            ";WRITE_DELAY=0"
                    + ";DB_CLOSE_ON_EXIT=FALSE"
                    // Column labels in lower case, as PostgreSQL has them.
                    + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
                    + ";CACHE_SIZE=16384";

    private static final Duration WRITE_WAIT = Duration.ofSeconds(10);

    private final String url;
    private final SqlErrors errors = new SqlErrors();
    private @Nullable Object metrics;
    private final ReentrantLock writing = new ReentrantLock(true);
    private @Nullable HikariDataSource pool;
    private @Nullable DbClient client;

    /**
     * @param url JDBC address
     */
    public Database(String url) {
        this.url = url;
    }

    /** The embedded database in a folder. */
    public static Database embedded(Path folder) {
        return new Database(
                "jdbc:h2:file:" + folder.toAbsolutePath().resolve("modelfleet") + H2_OPTIONS);
    }

    /**
     * Opens the pool and migrates the schema.
     *
     * @throws StartException when the database cannot be opened, is in use, or is newer than this
     *     program
     */
    public void start() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setPoolName("database");
        config.setMetricRegistry(metrics);
        config.setExceptionOverride(errors);
        try {
            pool = new HikariDataSource(config);
            migrate(pool);
        } catch (HikariPool.PoolInitializationException | FlywayException e) {
            close();
            throw new StartException("the database cannot be opened: " + rootMessage(e), e);
        }
        client = JdbcClientBuilder.create().connectionPool(new Pool(pool, errors)).build();
    }

    private static void migrate(HikariDataSource pool) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:io/modelfleet/coordinator/db")
                .loggers("slf4j")
                // Flyway would ignore what a newer program did to the schema.
                .ignoreMigrationPatterns(new String[0])
                .load()
                .migrate();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
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

    /** For single statements, each its own transaction. */
    public DbClient client() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    /** Runs all of the work or none of it. */
    public <T> T transaction(Function<DbTransaction, T> work) {
        DbTransaction transaction = client().transaction();
        boolean done = false;
        try {
            T result = work.apply(transaction);
            transaction.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                transaction.rollback();
            }
        }
    }

    /**
     * Runs all of a change to the fleet or none. Changes come one after the other, whichever
     * coordinator makes them: each is given the next version and sees all that came before.
     *
     * @param work is given the version that its rows must carry
     * @throws DatabaseUnavailableException when too many others wait
     */
    public <T> T write(BiFunction<DbTransaction, Long, T> work) {
        lock();
        try {
            return transaction(
                    transaction -> {
                        transaction
                                .createUpdate("UPDATE fleet SET version = version + 1 WHERE id = 1")
                                .execute();
                        return work.apply(transaction, version(transaction));
                    });
        } finally {
            writing.unlock();
        }
    }

    /** The row's own lock would do; this one keeps the others from taking connections to wait. */
    private void lock() {
        try {
            if (!writing.tryLock(WRITE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DatabaseUnavailableException(
                        new SQLTimeoutException("other writers wait already"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException(new SQLTimeoutException("interrupted", e));
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

    @Override
    public void close() {
        client = null;
        if (pool != null) {
            pool.close();
        }
    }

    private static final class Pool implements JdbcConnectionPool {
        private final HikariDataSource source;
        private final SqlErrors errors;

        private Pool(HikariDataSource source, SqlErrors errors) {
            this.source = source;
            this.errors = errors;
        }

        @Override
        public Connection connection() {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                errors.count(e);
                throw new DatabaseUnavailableException(e);
            }
        }
    }
}
