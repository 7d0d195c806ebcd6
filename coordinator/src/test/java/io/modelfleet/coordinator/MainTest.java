package io.modelfleet.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.service.Launch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MainTest {
    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream err = System.err;
    private final PrintStream out = System.out;

    @BeforeEach
    void capture() {
        PrintStream stream = new PrintStream(printed, true, UTF_8);
        System.setErr(stream);
        System.setOut(stream);
    }

    @AfterEach
    void restore() {
        System.setErr(err);
        System.setOut(out);
    }

    private int run(String... arguments) {
        return new Launch("MODELFLEET_COORDINATOR", environment, StructuredSettings.KEYS)
                .run(new Main(), arguments);
    }

    /** The one sentence, without the logger's lines. */
    private String complaint() {
        String text = printed.toString(UTF_8);
        assertThat(text).doesNotContain("\tat ", "Exception");
        List<String> lines = text.lines().filter(line -> line.startsWith("coordinator: ")).toList();
        assertThat(lines).as(text).hasSize(1);
        return lines.getFirst();
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("settings.yaml"), yaml).toString();
    }

    @Test
    void flagsComeFirstThenTheEnvironmentThenTheFile() throws IOException {
        String file = file("port: 70003\n");

        assertThat(run("--config", file)).isEqualTo(2);
        assertThat(complaint())
                .isEqualTo("coordinator: --port must be between 0 and 65535, not 70003");
        printed.reset();
        environment.put("MODELFLEET_COORDINATOR_CONFIG", file);
        assertThat(run()).isEqualTo(2);
        assertThat(complaint()).endsWith("not 70003");
        printed.reset();
        environment.put("MODELFLEET_COORDINATOR_PORT", "70002");
        assertThat(run("--config=" + file)).isEqualTo(2);
        assertThat(complaint()).endsWith("not 70002");
        printed.reset();
        assertThat(run("--config", file, "--port", "70001")).isEqualTo(2);
        assertThat(complaint()).endsWith("not 70001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port=abc | --port",
                "--port=-1 | --port",
                "--heartbeat-interval=5 | --heartbeat-interval",
                "--heartbeat-interval=0s | --heartbeat-interval",
                "--offline-after=5s | --offline-after",
                "--auto-distribution=maybe | --auto-distribution",
                "--auto-distribution-memory=smallest | --auto-distribution-memory",
                "--registry-url=ftp://x | registry",
                "--registry-url=not a url | --registry-url",
                "--catalog-file=nowhere.yaml | nowhere.yaml",
                "--catalog-refresh=0s | --catalog-refresh",
                "--config=nowhere.yaml | nowhere.yaml",
                "--no-such-flag | --no-such-flag"
            })
    void wrongFlagGivesOneSentenceThatNamesIt(String flag, String named) {
        assertThat(run(flag, "--data-dir", folder.toString())).isEqualTo(2);
        assertThat(complaint()).contains(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prot: 8080",
                "port: [1]",
                "port",
                "- port",
                "port: 1\nport: 2\n  x",
                "auto-distribution-table: 5",
                "auto-distribution-table: [{model: a}]",
                "auto-distribution-table: [{gpu-memory-gb: -1, model: a}]",
                "auto-distribution-table: [{gpu-memory-gb: '16', model: a}]",
                "auto-distribution-table: [{gpu-memory-gb: 16}]",
                "auto-distribution-table: [{gpu-memory-gb: 16, model: '../x'}]",
                "registries: [a]",
                "registries: {a: 'not a url'}",
                "registries: {a: 'ftp://x'}"
            })
    void wrongFileGivesOneSentence(String yaml) throws IOException {
        assertThat(run("--config", file(yaml), "--data-dir", folder.toString())).isEqualTo(2);
        assertThat(complaint()).hasSizeGreaterThan(20);
    }

    @Test
    void unknownKeyIsNamedWithTheKnownOnes() throws IOException {
        assertThat(run("--config", file("data_dir: x\n"))).isEqualTo(2);
        assertThat(complaint()).contains("unknown setting 'data_dir'", "data-dir", "registries");
    }

    @Test
    void takenPortGivesASentenceAndLeavesTheDatabaseClosed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertThat(
                            run(
                                    "--port",
                                    port,
                                    "--data-dir",
                                    folder.toString(),
                                    "--registry-url",
                                    "http://127.0.0.1:1"))
                    .isEqualTo(1);

            assertThat(complaint()).contains("port " + port + " on 127.0.0.1 cannot be used");
        }
    }

    @Test
    void folderThatCannotBeMadeGivesASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(run("--data-dir", file.resolve("below").toString(), "--port", "0")).isEqualTo(1);

        assertThat(complaint()).contains("data folder", "file");
    }

    @Test
    void helpAndVersionArePrinted() {
        assertThat(run("--help")).isZero();
        assertThat(printed.toString(UTF_8))
                .contains("--data-dir", "--config", "MODELFLEET_COORDINATOR_DATA_DIR");
        printed.reset();
        assertThat(run("--version")).isZero();
        assertThat(printed.toString(UTF_8)).startsWith("coordinator ");
    }
}
