package io.modelfleet.coordinator;

import io.modelfleet.coordinator.catalog.RegistryClient;
import io.modelfleet.coordinator.policy.AutoDistribution;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.service.Configurable;
import io.modelfleet.service.Durations;
import io.modelfleet.service.InvalidSettingException;
import io.modelfleet.service.Launch;
import io.modelfleet.service.LogFormatter;
import io.modelfleet.service.SettingsFile;
import io.modelfleet.service.Version;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code coordinator}. */
@Command(
        name = "coordinator",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        subcommands = MoveDatabase.class,
        description = "Knows every GPU machine of the fleet and hands out the work.",
        footer = {
            "",
            "Every option can also be given as MODELFLEET_COORDINATOR_<NAME> in the environment (--data-dir:"
                    + " MODELFLEET_COORDINATOR_DATA_DIR) or as a key of the --config file (data-dir: ...). Flags come"
                    + " first, then the environment, then the file."
        })
public final class Main implements Configurable {
    private static final System.Logger LOG = System.getLogger(Main.class.getName());

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "address to listen on (${DEFAULT-VALUE})")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "port to listen on (${DEFAULT-VALUE})")
    private int port;

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    // Read by Launch before the flags are parsed; it stands here for --help.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--config", description = "YAML file with settings")
    private @Nullable Path config;

    @Option(
            names = "--heartbeat-interval",
            defaultValue = "5s",
            converter = Durations.class,
            description = "how often agents report (${DEFAULT-VALUE})")
    private Duration heartbeatInterval = Duration.ZERO;

    @Option(
            names = "--offline-after",
            defaultValue = "20s",
            converter = Durations.class,
            description = "silence after which a node is offline (${DEFAULT-VALUE})")
    private Duration offlineAfter = Duration.ZERO;

    @Option(
            names = "--auto-distribution",
            arity = "1",
            defaultValue = "true",
            description = "whether new nodes get a model by their GPU memory (${DEFAULT-VALUE})")
    private boolean autoDistribution;

    @Option(
            names = "--auto-distribution-memory",
            defaultValue = "largest",
            description = "which GPU memory counts: largest or sum (${DEFAULT-VALUE})")
    private AutoDistribution.Measure measure = AutoDistribution.Measure.LARGEST;

    @Option(
            names = "--registry-url",
            description =
                    "where models without a host in their name come from (default: the public registry)")
    private @Nullable String registryUrl;

    @Option(
            names = "--catalog-file",
            description = "YAML list of models in place of the built-in one")
    private @Nullable Path catalogFile;

    @Option(
            names = "--catalog-refresh",
            defaultValue = "1h",
            converter = Durations.class,
            description = "how often the registry is asked for sizes (${DEFAULT-VALUE})")
    private Duration catalogRefresh = Duration.ZERO;

    @Option(
            names = "--task-retention",
            defaultValue = "30d",
            converter = Durations.class,
            description = "how long finished tasks are kept (${DEFAULT-VALUE})")
    private Duration taskRetention = Duration.ZERO;

    private List<AutoDistribution.Row> table = AutoDistribution.defaultTable();
    private final Map<String, URI> registries = new HashMap<>(RegistryClient.PUBLIC_REGISTRIES);

    public static void main(String[] arguments) {
        LogFormatter.install();
        Launch launch =
                new Launch("MODELFLEET_COORDINATOR", System.getenv(), StructuredSettings.KEYS);
        System.exit(launch.run(new Main(), arguments));
    }

    @Override
    public void configure(SettingsFile file) {
        DatabaseOptions.checkFile(file);
        table = StructuredSettings.table(file).orElse(table);
        registries.putAll(StructuredSettings.registries(file));
    }

    @Override
    public Integer call() throws InterruptedException {
        CoordinatorConfig settings = settings();
        LOG.log(System.Logger.Level.INFO, "Configuration: " + settings.describe());
        if (!Set.of("127.0.0.1", "localhost", "::1").contains(host)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Listening on {0}: everyone who reaches this address can steer the fleet",
                    host);
        }
        Coordinator coordinator = create(settings);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("coordinator-shutdown")
                                .unstarted(
                                        () -> {
                                            coordinator.close();
                                            stopped.countDown();
                                        }));
        coordinator.start();
        stopped.await();
        return 0;
    }

    private static Coordinator create(CoordinatorConfig settings) {
        try {
            return new Coordinator(settings);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(String.valueOf(e.getMessage()));
        }
    }

    private CoordinatorConfig settings() {
        if (registryUrl != null) {
            registries.put(
                    ModelName.DEFAULT_HOST, StructuredSettings.url("--registry-url", registryUrl));
        }
        return new CoordinatorConfig(
                host,
                port,
                database.dataDir(),
                heartbeatInterval,
                offlineAfter,
                new AutoDistribution(autoDistribution, measure, table),
                registries,
                catalogFile,
                catalogRefresh,
                taskRetention,
                database.address());
    }

    /** The version of the jar. */
    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"coordinator " + Version.of(Main.class)};
        }
    }
}
