package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LaunchTest {
    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Sample command = new Sample();
    private String errors = "";
    private String output = "";

    @CommandLine.Command(name = "sample", mixinStandardHelpOptions = true, version = "sample 1.2")
    static final class Sample implements Configurable {
        @CommandLine.Option(
                names = {"-p", "--port"},
                defaultValue = "8080")
        int port;

        @CommandLine.Option(names = "--data-dir")
        @Nullable Path dataDir;

        @CommandLine.Option(
                names = "--offline-after",
                defaultValue = "20s",
                converter = Durations.class)
        Duration offlineAfter = Duration.ZERO;

        @CommandLine.Option(names = "--auto", negatable = true, defaultValue = "true")
        boolean auto;

        @CommandLine.Option(names = "--name", defaultValue = "")
        String name = "";

        @CommandLine.Option(names = "--config")
        @Nullable Path config;

        @Nullable RuntimeException failure;
        boolean ran;
        List<Integer> table = List.of();

        @Override
        public void configure(SettingsFile file) {
            if (file.structure("table").isTextual()) {
                throw new InvalidSettingException("'table' must be a list");
            }
            table = file.structure("table").valueStream().map(row -> row.asInt()).toList();
        }

        @Override
        public Integer call() {
            ran = true;
            if (failure != null) {
                throw failure;
            }
            return 0;
        }
    }

    @BeforeEach
    void forgetTheRealEnvironment() {
        environment.clear();
    }

    @Test
    void withoutAnythingTheDefaultsCount() {
        assertThat(run()).isZero();
        assertThat(command.port).isEqualTo(8080);
        assertThat(command.offlineAfter).isEqualTo(Duration.ofSeconds(20));
        assertThat(command.dataDir).isNull();
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
        String file = file("port: 1\ndata-dir: file\noffline-after: 1s\n");
        environment.put("SAMPLE_PORT", "2");
        environment.put("SAMPLE_DATA_DIR", "environment");

        assertThat(run("--config", file, "--port=3")).isZero();
        assertThat(command.port).isEqualTo(3);
        assertThat(command.dataDir).isEqualTo(Path.of("environment"));
        assertThat(command.offlineAfter).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFileIsFoundByEitherFormOfTheFlag(boolean joined) throws IOException {
        String file = file("port: 7\nauto: false\ntable: [1, 2]\n");

        assertThat(joined ? run("--config=" + file) : run("--config", file)).isZero();
        assertThat(command.port).isEqualTo(7);
        assertThat(command.auto).isFalse();
        assertThat(command.table).containsExactly(1, 2);
    }

    @Test
    void theEnvironmentMayNameTheFileAndTheFlagNamesAnother() throws IOException {
        environment.put("SAMPLE_CONFIG", file("port: 7\n"));
        assertThat(run()).isZero();
        assertThat(command.port).isEqualTo(7);

        environment.put("SAMPLE_CONFIG", folder.resolve("missing.yaml").toString());
        assertThat(run("--config", file("port: 8\n"))).isZero();
        assertThat(command.port).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n", "port:\n"})
    void anEmptyFileChangesNothing(String yaml) throws IOException {
        assertThat(run("--config", file(yaml))).isZero();
        assertThat(command.port).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "prot: 1 | unknown setting 'prot' in",
                "help: true | unknown setting 'help' in",
                "config: other.yaml | unknown setting 'config' in",
                "port: [1, 2] | setting 'port' in",
                "port: {a: 1} | must be one plain value",
                "port: abc | 'abc' is not an int",
                "port: '' | '' is not an int",
                "offline-after: 5 | '5' is no duration such as",
                "table: text | 'table' must be a list",
                "- port | must consist of lines 'key: value'",
                "just text | must consist of lines 'key: value'",
                "port: [1 | is malformed",
                "port: \"1 | is malformed",
                "`\tport: 1` | is malformed",
            })
    void aWrongFileGivesOneSentenceAndExitCode2(String yaml, String complaint) throws IOException {
        assertThat(run("--config", file(yaml + "\n"))).isEqualTo(2);
        assertOneSentence(complaint);
        assertThat(command.ran).isFalse();
    }

    @Test
    void aKeyThatComesTwiceIsRefused() throws IOException {
        assertThat(run("--config", file("port: 1\nport: 2\n"))).isEqualTo(2);
        assertOneSentence("is malformed: Duplicate");
    }

    @Test
    void aMissingFileGivesOneSentence() {
        String missing = folder.resolve("missing.yaml").toString();

        assertThat(run("--config", missing)).isEqualTo(2);
        assertOneSentence("settings file " + missing + " cannot be read");
    }

    @Test
    void aFolderIsNoFile() {
        assertThat(run("--config", folder.toString())).isEqualTo(2);
        assertOneSentence("settings file " + folder + " cannot be read");
    }

    @Test
    void aPathThatIsNoneGivesOneSentence() {
        assertThat(run("--config", "a\0b")).isEqualTo(2);
        assertThat(errors).contains("is no path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=abc", "--port=1.5", "--nope", "surplus", "--offline-after=1w"})
    void aWrongFlagGivesOneSentenceAndExitCode2(String argument) {
        assertThat(run(argument)).isEqualTo(2);
        assertOneSentence("");
    }

    @Test
    void aWrongVariableGivesOneSentenceAndExitCode2() {
        environment.put("SAMPLE_PORT", "abc");

        assertThat(run()).isEqualTo(2);
        assertOneSentence("'abc' is not an int");
    }

    @Test
    void variablesThatHappenToBeNamedLikeHelpAndVersionAreLeftAlone() {
        environment.put("SAMPLE_VERSION", "0.1.0");
        environment.put("SAMPLE_HELP", "see the manual");

        assertThat(run()).isZero();
        assertThat(command.ran).isTrue();
    }

    @Test
    void helpAndVersionAreTexts() {
        assertThat(run("--version")).isZero();
        assertThat(output).isEqualToIgnoringNewLines("sample 1.2");
        assertThat(run("--help")).isZero();
        assertThat(output).contains("--data-dir");
        assertThat(command.ran).isFalse();
    }

    @Test
    void aServiceThatCannotStartEndsWith1AndASettingFoundWrongLaterWith2() {
        command.failure = new StartException("port 8080 on 127.0.0.1 cannot be used");
        assertThat(run()).isEqualTo(1);
        assertOneSentence("sample: port 8080 on 127.0.0.1 cannot be used");

        command.failure = new InvalidSettingException("'x' is wrong");
        assertThat(run()).isEqualTo(2);
        assertOneSentence("sample: 'x' is wrong");
    }

    @Test
    void aBugKeepsItsStackTrace() {
        command.failure = new IllegalStateException("a bug");

        assertThat(run()).isEqualTo(1);
        assertThat(errors).contains("IllegalStateException: a bug", "LaunchTest");
    }

    @Test
    void theLogsFormatIsASettingLikeAnyOther() throws IOException {
        assertThat(run("--config", file("log-format: json\n"))).isZero();
        environment.put("SAMPLE_LOG_FORMAT", "xml");
        assertThat(run()).isEqualTo(2);
        assertOneSentence("--log-format");
        assertThat(run("--log-format=text")).isZero();
    }

    @Test
    void forMachinesTheLastWordIsAnObjectToo() throws IOException {
        command.failure = new StartException("port 8080 on http://ann:hunter2@x cannot be used");
        assertThat(run("--log-format", "json")).isEqualTo(1);
        assertThat(Json.mapper().readTree(errors).path("message").asText())
                .isEqualTo("port 8080 on http://***@x cannot be used");

        command.failure = new IllegalStateException("a bug");
        assertThat(run("--log-format", "json")).isEqualTo(1);
        assertThat(Json.mapper().readTree(errors).path("stack_trace").asText()).contains("a bug");
    }

    @Test
    void whatStandsBesideAnUnknownFlagIsNotRepeated() {
        assertThat(run("--passwort", "hunter2", "--geheim=hunter2")).isEqualTo(2);
        assertOneSentence("Unknown options: '--passwort', '--geheim'");
        assertThat(errors).doesNotContain("hunter2");
        assertThat(run("hunter2")).isEqualTo(2);
        assertThat(errors).doesNotContain("hunter2");
    }

    @Test
    void plainValuesOfAllKindsAreTakenAsTheyAreWritten() throws IOException {
        assertThat(run("--config", file("name: ノード 1\n"))).isZero();
        assertThat(command.name).isEqualTo("ノード 1");
        assertThat(run("--config", file("name: 1.10\n"))).isZero();
        assertThat(command.name).isEqualTo("1.10");
        assertThat(run("--config", file("name: '007'\n"))).isZero();
        assertThat(command.name).isEqualTo("007");
    }

    private int run(String... arguments) {
        PrintStream err = System.err;
        PrintStream out = System.out;
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        try {
            return new Launch("SAMPLE", environment, Set.of("table")).run(command, arguments);
        } finally {
            System.setErr(err);
            System.setOut(out);
            errors = errBytes.toString(StandardCharsets.UTF_8);
            output = outBytes.toString(StandardCharsets.UTF_8);
        }
    }

    private void assertOneSentence(String part) {
        assertThat(errors).startsWith("sample: ").contains(part).hasLineCount(1);
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("sample.yaml"), yaml).toString();
    }
}
