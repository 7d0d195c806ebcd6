package io.modelfleet.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real program with secrets all around it: none shows in what it prints. */
@Timeout(90)
class SecretsInOutputTest {
    private static final String SECRET = "hunter2";
    private static final Map<String, String> SECRETS =
            Map.of(
                    "MODELFLEET_AGENT_DATABASE_PASSWORD", SECRET,
                    "MODELFLEET_AGENT_TOKEN", SECRET,
                    "MODELFLEET_PASSWORD", SECRET);

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void aRunningAgentPrintsNone(String format) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process =
                start(
                        output,
                        "--log-format=" + format,
                        "--agent-api-port=0",
                        "--gpu-model=Test",
                        "--gpu-memory=24GB",
                        "--coordinator-url=http://127.0.0.1:1",
                        "--ollama-url=http://127.0.0.1:1",
                        "--data-dir=" + folder.resolve("data"));
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> read(output).contains("Coordinator cannot be reached"));
        } finally {
            process.destroy();
            process.waitFor();
        }

        assertThat(read(output)).doesNotContain(SECRET);
        if (format.equals("json")) {
            assertThat(read(output).lines()).isNotEmpty().allSatisfy(SecretsInOutputTest::isALine);
        }
    }

    private static void isALine(String line) throws JsonProcessingException {
        JsonNode object = Json.mapper().readTree(line);
        assertThat(object.path("time").asText()).endsWith("Z");
        assertThat(object.path("level").asText()).isIn("INFO", "WARN", "ERROR");
        assertThat(object.path("logger").asText()).isNotBlank();
        assertThat(object.path("message").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--coordinator-url=http://ann:hunter2@127.0.0.1",
                "--coordinator-url=http://ann:hun ter2 hunter2@x",
                "--ollama-url=http://ann:hunter2@127.0.0.1",
                "--coordinator-passwort=hunter2",
                "--ollama-port=http://ann:hunter2@x",
                "hunter2"
            })
    void aRefusedSettingIsNotRepeated(String argument) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process =
                start(
                        output,
                        argument,
                        "--data-dir=" + folder.resolve("data"),
                        "--log-format=json");

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(read(output)).contains("agent").hasLineCount(1).doesNotContain(SECRET);
    }

    private static Process start(Path output, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                // As the jar's manifest says.
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.modelfleet.agent.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(SECRETS);
        return builder.start();
    }

    private static String read(Path output) {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
