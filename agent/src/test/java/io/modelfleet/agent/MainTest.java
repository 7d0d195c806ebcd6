package io.modelfleet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelfleet.service.InvalidSettingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class MainTest {
    @TempDir private Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private int run(String... arguments) {
        PrintStream capture = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        return Main.run(new Main(environment, directory), environment, arguments);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    private AgentConfig settings(String... arguments) {
        Main main = new Main(environment, directory);
        new CommandLine(main).parseArgs(arguments);
        return main.settings();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    --coordinator-url=ftp://x | --coordinator-url must be a URL like http://localhost:8080, not 'ftp://x'
                    --coordinator-url=localhost:8080 | --coordinator-url must be a URL
                    --coordinator-url=http://user:secret@x | --coordinator-url must be a URL
                    --coordinator-url=http://a:8080,,http://b:8080 | --coordinator-url must be a URL like http://localhost:8080, not ''
                    --coordinator-url=http://a:8080,ftp://b | not 'ftp://b'
                    --ollama-url=nonsense | --ollama-url must be a URL
                    --ollama-port=0 | --ollama-port must be 1 to 65535, not 0
                    --ollama-port=65535 | --agent-api-port must be 0 to 65535, not 65536
                    --ollama-port=abc | 'abc' is not an int
                    --agent-api-port=-1 | --agent-api-port must be 0 to 65535, not -1
                    --max-concurrent-pulls=0 | --max-concurrent-pulls must be 1 to 16, not 0
                    --heartbeat-interval=5 | '5' is no duration such as 500ms
                    --heartbeat-interval=10m | --heartbeat-interval must be 100ms to 1m, not 600000ms
                    --gpu-memory=lots | "lots" is no amount of memory
                    --gpu-count=0 | the number of GPUs must be 1 to 1024, not 0
                    --advertise-address=http://x | --advertise-address must be an IP address or host name
                    --name= | --name must have 1 to 200 characters
                    --no-such-flag | Unknown option: '--no-such-flag'
                    --config=/no/such/file | cannot be read
                    """)
    void wrongValueIsOneSentenceAndExitCodeTwo(String argument, String sentence) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(said()).startsWith("agent: ").contains(sentence).doesNotContain("\n");
    }

    @Test
    void environmentAndFileAreCheckedLikeFlags() throws IOException {
        environment.put("MODELFLEET_AGENT_MAX_CONCURRENT_PULLS", "99");
        assertThat(run()).isEqualTo(2);
        assertThat(said()).contains("--max-concurrent-pulls must be 1 to 16, not 99");

        environment.clear();
        Path file = Files.writeString(directory.resolve("agent.yaml"), "ollama-prt: 1\n");
        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(said()).contains("unknown setting 'ollama-prt'");
    }

    @Test
    void takenPortIsOneSentenceAndExitCodeOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code =
                    run(
                            "--agent-api-port=" + taken.getLocalPort(),
                            "--data-dir=" + directory.resolve("data"),
                            "--gpu-model=Test");
            assertThat(code).isEqualTo(1);
            assertThat(said()).contains("agent: port " + taken.getLocalPort());
        }
    }

    @Test
    void helpAndVersionExitWithZero() {
        assertThat(run("--help")).isZero();
        assertThat(said()).contains("--coordinator-url", "--max-concurrent-pulls", "--model-store");
        assertThat(run("--version")).isZero();
        assertThat(said()).contains("agent ");
    }

    @Test
    void quickStartsFlagsAreUnderstood() {
        AgentConfig config =
                settings(
                        "--coordinator-url",
                        "http://localhost:8080",
                        "--ollama-port",
                        "11434",
                        "--agent-api-port",
                        "11435");
        assertThat(config.coordinatorUrls()).containsExactly(URI.create("http://localhost:8080"));
        assertThat(config.ollamaUrl()).isEqualTo(URI.create("http://127.0.0.1:11434"));
        assertThat(config.apiPort()).isEqualTo(11435);
    }

    @Test
    void coordinatorMayHaveSeveralAddresses() throws IOException {
        List<URI> both = List.of(URI.create("http://a:8080"), URI.create("http://b:8080"));
        assertThat(
                        settings("--coordinator-url=http://a:8080, http://b:8080,http://a:8080")
                                .coordinatorUrls())
                .isEqualTo(both);
        assertThat(settings("--coordinator-url=http://a:8080,http://b:8080").describe())
                .contains("coordinator-url=http://a:8080,http://b:8080,");
    }

    @Test
    void defaultsFollowOllamasPortAndTheUsersFolder() {
        environment.put("OLLAMA_MODELS", directory.resolve("models").toString());
        AgentConfig config = settings("--ollama-url=http://gpu-box:9999");
        assertThat(config.apiPort()).isEqualTo(10000);
        assertThat(config.dataDir().endsWith(Path.of("modelfleet", "agent"))).isTrue();
        assertThat(config.modelStore()).isEqualTo(directory.resolve("models"));
        assertThat(config.maxConcurrentPulls()).isEqualTo(1);
        assertThat(config.heartbeatInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.name()).isNotBlank();
    }

    @Test
    void addressIsTheOneTowardsTheCoordinatorAndNeverAllOfThem() {
        for (String url : List.of("http://localhost:8080", "http://[::1]:8080")) {
            assertThat(LocalAddress.towards(URI.create(url)))
                    .hasValueSatisfying(here -> assertThat(here.isLoopbackAddress()).isTrue());
        }
        assertThat(LocalAddress.towards(URI.create("http://no-such-host.invalid:1"))).isEmpty();
    }

    @Test
    void configIsCheckedHoweverItIsMade() {
        assertThatThrownBy(() -> settings("--coordinator-url=http://x?token=1"))
                .isInstanceOf(InvalidSettingException.class);
    }
}
