package io.modelfleet.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oshi.SystemInfo;

class HostProbeTest {
    private static final HostMemory QUARTER_LEFT = () -> new HostMemory.Bytes(1000, 250);

    @Test
    void theFirstLoadIsUnknownBecauseThereIsNothingToCompareWith() {
        double[] load = {0};
        HostProbe probe = new HostProbe(() -> load[0], QUARTER_LEFT);

        assertThat(probe.sample().cpuUsage()).isNull();

        load[0] = 0.375;
        assertThat(probe.sample()).isEqualTo(new HostFigures(37.5, 75.0));
    }

    @Test
    void anIdleProcessorIsZeroPercent() {
        HostProbe probe = new HostProbe(() -> 0, QUARTER_LEFT);
        probe.sample();

        assertThat(probe.sample().cpuUsage()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, 1.5})
    void aLoadThatIsNoShareIsUnknown(double load) {
        HostProbe probe = new HostProbe(() -> load, QUARTER_LEFT);
        probe.sample();

        assertThat(probe.sample().cpuUsage()).isNull();
    }

    @Test
    void memoryThatIsNotToldIsUnknown() {
        HostProbe probe = new HostProbe(() -> 0, () -> null);

        assertThat(probe.sample().memoryUsage()).isNull();
        assertThat(probe.memoryTotal()).isZero();
    }

    @Test
    void linuxCountsWhatIsCachedAsAvailable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("meminfo");
        Files.writeString(
                file,
                """
                MemTotal:       16384000 kB
                MemFree:          100000 kB
                MemAvailable:   12288000 kB
                Buffers:          200000 kB
                HugePages_Total:       0
                """);
        HostProbe probe = new HostProbe(() -> 0, new MemInfo(file));

        assertThat(probe.sample().memoryUsage()).isEqualTo(25.0);
        assertThat(probe.memoryTotal()).isEqualTo(16384000L * 1024);
    }

    @Test
    void aLinuxWithoutTheFileOrTheFigureTellsNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("meminfo");
        assertThat(new MemInfo(file).now()).isNull();

        Files.writeString(file, "MemTotal:       16384000 kB\n");
        assertThat(new MemInfo(file).now()).isNull();
    }

    @Test
    void thisMachineTellsPlausibleFigures() {
        HostProbe probe = HostProbe.ofThisMachine();
        probe.sample();

        HostFigures figures = probe.sample();

        assertThat(figures.memoryUsage()).isBetween(0.0, 100.0);
        assertThat(probe.memoryTotal()).isGreaterThan(100L << 20);
    }

    @Test
    void otherSystemsAreAskedThroughOshi() {
        HostMemory.Bytes bytes = new OshiMemory(new SystemInfo()::getHardware).now();

        assertThat(bytes.total()).isGreaterThan(100L << 20);
        assertThat(bytes.available()).isBetween(0L, bytes.total());
    }
}
