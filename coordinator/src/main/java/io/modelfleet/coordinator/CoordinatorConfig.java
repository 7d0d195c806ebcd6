package io.modelfleet.coordinator;

import io.modelfleet.coordinator.db.DatabaseAddress;
import io.modelfleet.coordinator.policy.AutoDistribution;
import io.modelfleet.protocol.Gigabytes;
import io.modelfleet.service.InvalidSettingException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All settings, checked.
 *
 * @param host address to listen on
 * @param port 1 to 65535, or 0 for any free one
 * @param dataDir folder of the embedded database
 * @param heartbeatInterval how often agents report
 * @param offlineAfter silence after which a node is offline; longer than the interval
 * @param registries base address by the host in a model's name
 * @param catalogFile list of models in place of the built-in one
 * @param catalogRefresh how often sizes are asked for
 * @param taskRetention how long finished tasks are kept, from a minute on
 * @param database the server's database in place of the embedded one
 */
public record CoordinatorConfig(
        String host,
        int port,
        Path dataDir,
        Duration heartbeatInterval,
        Duration offlineAfter,
        AutoDistribution autoDistribution,
        Map<String, URI> registries,
        @Nullable Path catalogFile,
        Duration catalogRefresh,
        Duration taskRetention,
        @Nullable DatabaseAddress database) {

    /** A task must outlive the calls that report and show its end. */
    private static final Duration SHORTEST_RETENTION = Duration.ofMinutes(1);

    /** On the embedded database. */
    public CoordinatorConfig(
            String host,
            int port,
            Path dataDir,
            Duration heartbeatInterval,
            Duration offlineAfter,
            AutoDistribution autoDistribution,
            Map<String, URI> registries,
            @Nullable Path catalogFile,
            Duration catalogRefresh,
            Duration taskRetention) {
        this(
                host,
                port,
                dataDir,
                heartbeatInterval,
                offlineAfter,
                autoDistribution,
                registries,
                catalogFile,
                catalogRefresh,
                taskRetention,
                null);
    }

    /**
     * @throws InvalidSettingException with one sentence
     */
    public CoordinatorConfig {
        registries = Map.copyOf(registries);
        if (port < 0 || port > 65535) {
            throw new InvalidSettingException("--port must be between 0 and 65535, not " + port);
        }
        positive("--heartbeat-interval", heartbeatInterval);
        positive("--catalog-refresh", catalogRefresh);
        if (taskRetention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new InvalidSettingException("--task-retention must be 1m or longer");
        }
        if (offlineAfter.compareTo(heartbeatInterval) <= 0) {
            throw new InvalidSettingException(
                    "--offline-after (%ss) must be longer than --heartbeat-interval (%ss)"
                            .formatted(offlineAfter.toSeconds(), heartbeatInterval.toSeconds()));
        }
    }

    /** One line with every setting in effect, for the log. */
    public String describe() {
        return "host=%s, port=%d, %s, heartbeat-interval=%ss, offline-after=%ss, auto-distribution=%s, "
                        .formatted(
                                host,
                                port,
                                place(),
                                seconds(heartbeatInterval),
                                seconds(offlineAfter),
                                autoDistribution.enabled())
                + "auto-distribution-memory=%s, auto-distribution-table=%s, registries=%s, catalog-file=%s, catalog-refresh=%ss, task-retention=%ss"
                        .formatted(
                                autoDistribution.measure().name().toLowerCase(Locale.ROOT),
                                autoDistribution.table().stream()
                                        .map(row -> Gigabytes.text(row.least()) + ":" + row.model())
                                        .toList(),
                                new TreeMap<>(registries),
                                catalogFile == null ? "(built-in)" : catalogFile,
                                seconds(catalogRefresh),
                                seconds(taskRetention));
    }

    private String place() {
        if (database == null) {
            return "data-dir=" + dataDir;
        }
        String user = database.user();
        return "database-url=%s, database-user=%s"
                .formatted(database.url(), user == null ? "(none)" : user);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private static void positive(String flag, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidSettingException(flag + " must be longer than 0");
        }
    }
}
