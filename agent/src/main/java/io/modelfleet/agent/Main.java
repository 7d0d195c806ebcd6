package io.modelfleet.agent;

import io.modelfleet.service.Configurable;
import io.modelfleet.service.DataFolder;
import io.modelfleet.service.Durations;
import io.modelfleet.service.InvalidSettingException;
import io.modelfleet.service.Launch;
import io.modelfleet.service.LogFormatter;
import io.modelfleet.service.SettingsFile;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the agent. */
@Command(
        name = "agent",
        description = "Keeps this machine's Ollama in step with a Modelfleet coordinator.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        sortOptions = false)
public final class Main implements Configurable {
    private static final System.Logger LOG = System.getLogger(Main.class.getName());
    private static final String PREFIX = "MODELFLEET_AGENT";

    @Option(
            names = "--coordinator-url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description =
                    "Where the coordinator listens (default: http://localhost:8080); of several,"
                            + " with commas between them, the one that answers is used.")
    private String coordinatorUrl = "";

    @Option(
            names = "--ollama-port",
            paramLabel = "N",
            defaultValue = "11434",
            description = "The port of this machine's Ollama (default: 11434).")
    private int ollamaPort;

    @Option(
            names = "--agent-api-port",
            paramLabel = "N",
            description =
                    "The port of the agent's own API, 0 for any free one (default: Ollama's port + 1).")
    private @Nullable Integer agentApiPort;

    @Option(
            names = "--ollama-url",
            paramLabel = "URL",
            description =
                    "Where Ollama listens, when not on this machine; overrides --ollama-port.")
    private @Nullable String ollamaUrl;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Where the agent keeps its id and its tasks (default: the user's data folder).")
    private @Nullable String dataDir;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "How the coordinator shows this machine (default: its host name).")
    private @Nullable String name;

    @Option(
            names = "--advertise-address",
            paramLabel = "ADDRESS",
            description =
                    "Where the coordinator reaches this agent"
                            + " (default: this machine's address towards the coordinator).")
    private @Nullable String advertiseAddress;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The address that the agent's own API listens on"
                            + " (default: this machine's address towards the coordinator).")
    private @Nullable String host;

    @Option(
            names = "--gpu-model",
            paramLabel = "NAME",
            description = "The GPU, by hand; then none is searched for.")
    private @Nullable String gpuModel;

    @Option(
            names = "--gpu-memory",
            paramLabel = "SIZE",
            description = "The memory of one GPU, by hand, such as 24GB.")
    private @Nullable String gpuMemory;

    @Option(
            names = "--gpu-count",
            paramLabel = "N",
            description = "The number of GPUs alike, by hand (default: 1).")
    private @Nullable Integer gpuCount;

    @Option(
            names = "--max-concurrent-pulls",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many models are downloaded at once, 1 to 16 (default: 1).")
    private int maxConcurrentPulls;

    @Option(
            names = "--heartbeat-interval",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Durations.class,
            description = "From one heartbeat to the next, such as 5s or 500ms (default: 5s).")
    private Duration heartbeatInterval = Duration.ZERO;

    @Option(
            names = "--model-store",
            paramLabel = "DIR",
            description =
                    "Ollama's model directory (default: $OLLAMA_MODELS, or where Ollama puts it).")
    private @Nullable String modelStore;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A YAML file with these settings, such as 'coordinator-url: http://fleet:8080'."
                            + " Flags and MODELFLEET_AGENT_… variables come first.")
    private @Nullable String config;

    private final Map<String, String> environment;
    private final Path home;

    Main(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    public static void main(String[] arguments) {
        LogFormatter.install();
        Map<String, String> environment = System.getenv();
        Path home = Path.of(System.getProperty("user.home", "."));
        System.exit(run(new Main(environment, home), environment, arguments));
    }

    static int run(Main main, Map<String, String> environment, String... arguments) {
        return new Launch(PREFIX, environment, Set.of()).run(main, arguments);
    }

    @Override
    public void configure(SettingsFile file) {
        // every setting of the agent is a plain value, and so a flag
    }

    @Override
    public Integer call() {
        AgentConfig settings = settings();
        try (ThisMachine machine = machine(settings);
                Agent agent = new Agent(settings, machine::figures, machine::disk)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Configuration: config="
                            + (config == null ? "(none)" : config)
                            + ", "
                            + settings.describe());
            machine.start();
            agent.start();
            LOG.log(
                    System.Logger.Level.INFO,
                    "Agent started: machine_name={0}, port={1}",
                    settings.name(),
                    String.valueOf(agent.apiPort()));
            waitForSignal(agent);
        }
        return 0;
    }

    /** The signal's own thread closes the agent: the process ends when that is done. */
    private static void waitForSignal(Agent agent) {
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    agent.close();
                                    over.countDown();
                                },
                                "shutdown"));
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    AgentConfig settings() {
        URI ollama =
                ollamaUrl == null
                        ? URI.create("http://127.0.0.1:" + port("--ollama-port", ollamaPort))
                        : HttpUrl.parse("--ollama-url", ollamaUrl);
        int apiPort = agentApiPort == null ? HttpUrl.port(ollama) + 1 : agentApiPort;
        return new AgentConfig(
                HttpUrl.parseAll("--coordinator-url", coordinatorUrl),
                ollama,
                address("--host", host),
                apiPort,
                address("--advertise-address", advertiseAddress),
                dataDir == null ? DataFolder.of("agent") : path("--data-dir", dataDir),
                name == null ? ThisMachine.name(environment) : name,
                maxConcurrentPulls,
                heartbeatInterval,
                modelStore == null
                        ? ThisMachine.modelStore(environment, home)
                        : path("--model-store", modelStore));
    }

    private ThisMachine machine(AgentConfig settings) {
        return ThisMachine.of(settings.modelStore(), gpuModel, gpuMemory, gpuCount);
    }

    private static int port(String setting, int port) {
        if (port < 1 || port > 65535) {
            throw new InvalidSettingException(setting + " must be 1 to 65535, not " + port);
        }
        return port;
    }

    private static @Nullable String address(String setting, @Nullable String text) {
        if (text != null && !text.matches("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}(%\\w+)?")) {
            throw new InvalidSettingException(
                    setting + " must be an IP address or host name, not '" + text + "'");
        }
        return text;
    }

    private static Path path(String setting, String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(setting + " must be a path, not '" + text + "'");
        }
    }
}
