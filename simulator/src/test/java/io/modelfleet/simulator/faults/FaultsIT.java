package io.modelfleet.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.simulator.fleet.Programs;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few runs of the suite behind {@code mvn -Pfaults}. Their seeds are fixed: a build must not turn
 * red by the luck of the draw with a fault that was there before; new seeds are for the long run.
 */
class FaultsIT {
    private static final int RUNS = 5;
    private static final long SEED = 1;

    /** No run begins later, so that all of it ends within two minutes on two cores. */
    private static final Duration LATEST_START =
            Duration.ofSeconds(Long.getLong("faults.seconds", 75));

    @TempDir private Path directory;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs all of 127.0.0.0/8 and SIGSTOP")
    void thePromiseHoldsUnderKillsAndABadNetwork() throws Exception {
        Tally tally = new Tally();
        long start = System.nanoTime();
        try (FaultRuns runs =
                new FaultRuns(
                        FleetShape.usual(),
                        Programs.built(FaultsMain.SMALL_JVM),
                        directory,
                        tally,
                        line -> System.getLogger("faults").log(System.Logger.Level.INFO, line))) {
            runs.start();
            for (int i = 0; i < RUNS && System.nanoTime() - start < LATEST_START.toNanos(); i++) {
                runs.run(SEED + i);
            }
        }
        assertThat(tally.runs()).as(tally.toString()).isPositive();
        assertThat(tally.count(Victim.COORDINATOR)).as(tally.toString()).isPositive();
    }
}
