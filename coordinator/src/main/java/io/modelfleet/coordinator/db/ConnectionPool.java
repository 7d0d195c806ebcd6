package io.modelfleet.coordinator.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import io.modelfleet.protocol.FleetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one database. While it is away, one caller at a time waits for it, with pauses,
 * and all others are refused at once: a thousand agents must not queue for a try each.
 */
final class ConnectionPool implements JdbcConnectionPool, AutoCloseable {
    /** Enough for two cores: transactions are short, and H2 writes one after the other anyway. */
    private static final int CONNECTIONS = 10;

    private static final Duration WAIT = Duration.ofSeconds(3);

    /** After a try that was in vain; those who queue for a lock meanwhile are refused. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long a connection may take to say that it is alive. */
    private static final Duration VALIDATION = Duration.ofSeconds(1);

    private final HikariDataSource source;
    private final SqlErrors errors;
    private final Semaphore probe = new Semaphore(1);
    private volatile @Nullable Loss lost;

    /**
     * @param nanos when it was found, by {@link System#nanoTime}
     */
    private record Loss(SQLException cause, long nanos) {}

    /**
     * Connects once.
     *
     * @param errors counts failures
     * @param metrics Micrometer's registry, which the pool measures for
     * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException when that fails
     */
    ConnectionPool(
            String url,
            @Nullable String user,
            @Nullable String password,
            SqlErrors errors,
            @Nullable Object metrics) {
        this.errors = errors;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setPoolName("database");
        config.setMetricRegistry(metrics);
        config.setConnectionTimeout(WAIT.toMillis());
        config.setValidationTimeout(VALIDATION.toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setExceptionOverride(errors);
        if (url.startsWith("jdbc:postgresql:")) {
            postgres(config);
        }
        source = new HikariDataSource(config);
    }

    /** Seconds. A server whose machine is gone answers nothing: without these, nor would we. */
    private static void postgres(HikariConfig config) {
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("socketTimeout", "10");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "modelfleet-coordinator");
        // A coordinator whose machine is gone or frozen in the middle of a transaction must not
        // hold up the others until TCP notices.
        config.setConnectionInitSql(
                "SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '8s'");
    }

    DataSource source() {
        return source;
    }

    /**
     * @throws FleetException {@link io.modelfleet.protocol.ErrorCode#UNAVAILABLE} when none can be
     *     had in time
     */
    @Override
    public Connection connection() {
        Loss known = lost;
        if (known == null) {
            return take();
        }
        boolean pause = System.nanoTime() - known.nanos() < PAUSE.toNanos();
        if (pause || !probe.tryAcquire()) {
            throw refusal(known.cause());
        }
        try {
            return take();
        } finally {
            probe.release();
        }
    }

    private Connection take() {
        try {
            Connection connection = source.getConnection();
            lost = null;
            return connection;
        } catch (SQLException e) {
            errors.count(e);
            // Otherwise all are in use, and one comes back sooner or later.
            boolean none = source.getHikariPoolMXBean().getTotalConnections() == 0;
            lost = none ? new Loss(e, System.nanoTime()) : null;
            throw refusal(e);
        }
    }

    private static FleetException refusal(SQLException failure) {
        return Failures.refusal(failure)
                .orElseThrow(() -> new IllegalStateException("no connection", failure));
    }

    /** Connections of before are given out no more. */
    void renew() {
        source.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        source.close();
    }
}
