package io.modelfleet.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.db.DatabaseAddress;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.Postgres;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.service.Launch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which database the coordinator opens, and that its password shows nowhere. */
@Timeout(180)
class DatabaseSettingsTest {
    private static final String SECRET = "hunter2-secret";
    private static final String VARIABLE = "MODELFLEET_COORDINATOR_DATABASE_PASSWORD";
    private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/fleet";

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
        assertThat(printed()).doesNotContain(SECRET);
    }

    private int run(String... arguments) {
        return new Launch("MODELFLEET_COORDINATOR", environment, StructuredSettings.KEYS)
                .run(new Main(), arguments);
    }

    private String printed() {
        return printed.toString(UTF_8);
    }

    private String complaint() {
        assertThat(printed()).doesNotContain("\tat ", "Exception");
        return printed()
                .lines()
                .filter(line -> line.startsWith("coordinator"))
                .reduce(
                        (one, two) -> {
                            throw new AssertionError(printed());
                        })
                .orElseThrow(() -> new AssertionError(printed()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mysql://h/db?password=hunter2-secret | not one of jdbc:mysql;",
                "jdbc:h2:file:/tmp/x | not one of jdbc:h2;",
                "postgresql://me:hunter2-secret@h/db | not one of postgresql;",
                "hunter2-secret | must be an address like jdbc:postgresql://",
                "jdbc:postgresql://h/db?password=hunter2-secret | must not hold",
                "jdbc:postgresql://h/db?ssl=true&sslpassword=hunter2-secret | must not hold",
                "jdbc:postgresql://h/db?PassWord=hunter2-secret | must not hold",
                "jdbc:postgresql://me:hunter2-secret@h/db | must not hold",
                "jdbc:postgresql://me@h/db | must not hold",
                "jdbc:postgresql://h/db?user=me | must not hold",
                "jdbc:postgresql://h | must be an address like",
                "jdbc:postgresql:db | must be an address like",
                "jdbc:postgresql://h:port/db | must be an address like",
                "jdbc:postgresql://h:99999/db | must be an address like"
            })
    void wrongAddressIsRefusedInOneSentenceThatDoesNotRepeatIt(String url, String named) {
        assertThat(run("--database-url", url)).isEqualTo(2);
        assertThat(complaint()).contains("--database-url", named);

        printed.reset();
        environment.put("MODELFLEET_COORDINATOR_DATABASE_URL", url);
        assertThat(run("move-database")).isEqualTo(2);
        assertThat(complaint()).contains("--database-url", named);
    }

    @Test
    void passwordOnTheCommandLineIsRefused() {
        for (String[] flags :
                new String[][] {
                    {"--database-password=" + SECRET}, {"--database-password", SECRET}
                }) {
            printed.reset();
            assertThat(run(flags)).isEqualTo(2);
            assertThat(complaint()).contains("does not belong on the command line", VARIABLE);
        }
        assertThat(run("--help")).isZero();
        assertThat(printed()).doesNotContain("--database-password ");
    }

    @Test
    void passwordInTheSettingsFileIsRefused() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("settings.yaml"), "database-password: " + SECRET + "\n");
        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(complaint()).contains("'database-password-file'", VARIABLE);
    }

    @Test
    void userAndPasswordFileNeedAnAddressAndThePasswordOnePlace() throws IOException {
        assertThat(run("--database-user", "me")).isEqualTo(2);
        assertThat(complaint()).contains("--database-user", "without --database-url");

        printed.reset();
        assertThat(run("--database-password-file", "x")).isEqualTo(2);
        assertThat(complaint()).contains("--database-password-file", "without --database-url");

        printed.reset();
        environment.put(VARIABLE, SECRET);
        String file = Files.writeString(folder.resolve("password"), SECRET).toString();
        assertThat(run("--database-url", NOWHERE, "--database-password-file", file)).isEqualTo(2);
        assertThat(complaint()).contains("not by both");

        printed.reset();
        environment.clear();
        assertThat(run("--database-url", NOWHERE, "--database-password-file", file + "x"))
                .isEqualTo(2);
        assertThat(complaint()).contains("password-file " + file + "x cannot be read");
    }

    @Test
    void serverThatIsNotThereGivesOneSentence() {
        environment.put(VARIABLE, SECRET);

        assertThat(run("--database-url", NOWHERE, "--database-user", "me")).isEqualTo(1);

        assertThat(complaint())
                .startsWith("coordinator: the database " + NOWHERE + " as me cannot be opened: ")
                .contains("refused");
    }

    @Test
    void passwordIsTakenFromTheEnvironmentOrAFileAndShowsNowhere() throws IOException {
        try (Postgres server = Postgres.in(folder.resolve("server"))) {
            DatabaseAddress address = server.databaseOf("fleet", SECRET);
            embeddedFleet();
            String[] move = {
                "move-database",
                "--data-dir",
                folder.resolve("fleet").toString(),
                "--database-url",
                address.url(),
                "--database-user",
                "fleet"
            };

            environment.put(VARIABLE, "wrong-" + SECRET);
            assertThat(run(move)).isEqualTo(1);
            assertThat(complaint()).contains("password authentication failed for user \"fleet\"");
            printed.reset();
            assertThat(run("--database-url", address.url(), "--database-user", "fleet"))
                    .isEqualTo(1);
            assertThat(complaint()).contains("password authentication failed for user \"fleet\"");

            printed.reset();
            environment.put(VARIABLE, SECRET);
            assertThat(run(move)).isZero();
            assertThat(printed()).contains("Moved 1 nodes and 0 tasks from");

            printed.reset();
            environment.clear();
            Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
            environment.put(VARIABLE + "_FILE", file.toString());
            assertThat(run(move)).isEqualTo(1);
            assertThat(complaint())
                    .as("the password was right")
                    .contains("is not empty (1 nodes, 0 tasks)");
        }
    }

    private void embeddedFleet() {
        try (Fleet fleet = new Fleet(folder.resolve("fleet"), Fleet.OFF);
                StubAgent agent = new StubAgent()) {
            fleet.register(agent.registration("gpu-1"));
        }
    }
}
