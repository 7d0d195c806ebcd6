package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of a POSIX shell")
class ProcessRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ProcessRunner runner = new ProcessRunner();

    @Test
    void aCommandGivesItsStatusAndItsStandardOutputAlone() {
        assertThat(runner.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), LONG))
                .isEqualTo(new CommandOutcome.Finished(3, "out\n"));
    }

    @Test
    void aCommandThatWaitsForInputFindsItsEnd() {
        assertThat(runner.run(List.of("cat"), LONG)).isEqualTo(new CommandOutcome.Finished(0, ""));
    }

    @Test
    void aCommandThatDoesNotExistIsNotStarted() {
        assertThat(runner.run(List.of("no-such-command-anywhere"), LONG))
                .isEqualTo(new CommandOutcome.NotStarted());
    }

    @Test
    void aCommandPastItsLimitIsKilledWithItsChildren(@TempDir Path folder) throws IOException {
        Path pids = folder.resolve("pids");
        List<String> command =
                List.of("sh", "-c", "sleep 600 & printf '%s\\n' $! $$ > '" + pids + "'; wait");

        assertThat(runner.run(command, Duration.ofSeconds(1)))
                .isEqualTo(new CommandOutcome.TimedOut());

        for (String pid : Files.readAllLines(pids)) {
            await().untilAsserted(() -> assertThat(isAlive(Long.parseLong(pid))).isFalse());
        }
    }

    /** A killed child that nobody has waited for yet is a zombie, and counts as gone. */
    private static boolean isAlive(long pid) throws IOException {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        Path stat = Path.of("/proc/" + pid + "/stat");
        return !Files.exists(stat) || !Files.readString(stat).contains(") Z ");
    }
}
