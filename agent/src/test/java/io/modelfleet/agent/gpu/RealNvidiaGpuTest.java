package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelfleet.agent.host.HostProbe;
import io.modelfleet.protocol.GpuDevice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The binding against NVIDIA's real library and a real GPU, where the machine has them. */
class RealNvidiaGpuTest {
    private final LongSupplier hostMemory = HostProbe.ofThisMachine()::memoryTotal;
    private final GpuProbe nvml =
            new NvmlProbe(NvmlLibrary::linux, NvmlLibrary.LINUX_NAME, hostMemory);
    private final GpuProbe smi =
            new NvidiaSmiProbe(List.of("nvidia-smi"), new ProcessRunner(), hostMemory);

    @BeforeEach
    void onlyWithARealGpu() {
        assumeTrue(
                NvmlLibrary.linux().isPresent(),
                NvmlLibrary.LINUX_NAME + " cannot be loaded: no NVIDIA driver on this machine");
        assumeTrue(
                nvml.look() instanceof GpuFinding.Found,
                () -> "NVIDIA's library is here, but no GPU: " + nvml.look());
    }

    @Test
    void theLibraryTellsWhatTheGpuIs() {
        GpuFinding.Found found = (GpuFinding.Found) nvml.look();

        for (GpuDevice device : found.devices()) {
            System.out.println("NVML: " + device);
            assertThat(device.id()).startsWith("GPU-");
            assertThat(device.model()).isNotEqualTo("NVIDIA GPU");
            assertThat(device.memory()).isGreaterThan(1L << 30);
            assertThat(device.driver()).isNotNull();
        }
        assertThat(found.troubles()).isEmpty();
    }

    @Test
    void theCommandTellsTheSame() {
        assumeTrue(smi.look() instanceof GpuFinding.Found, () -> "no nvidia-smi: " + smi.look());
        GpuFinding.Found library = (GpuFinding.Found) nvml.look();
        GpuFinding.Found command = (GpuFinding.Found) smi.look();

        command.devices().forEach(device -> System.out.println("nvidia-smi: " + device));
        assertThat(command.devices())
                .usingRecursiveComparison()
                // These move between two questions; the total differs below one MiB.
                .ignoringFields("memory", "memoryUsed", "utilization", "temperature")
                .isEqualTo(library.devices());
        for (int i = 0; i < library.devices().size(); i++) {
            long ofLibrary = Objects.requireNonNull(library.devices().get(i).memory());
            long ofCommand = Objects.requireNonNull(command.devices().get(i).memory());
            assertThat(Math.abs(ofLibrary - ofCommand)).isLessThanOrEqualTo(1L << 20);
        }
    }

    @Test
    void theMonitorLogsAndSamplesIt() {
        try (LogCapture log = new LogCapture(GpuMonitor.class);
                GpuMonitor monitor =
                        new GpuMonitor(
                                List.of(nvml, smi),
                                Duration.ofSeconds(5),
                                InstantSource.system())) {
            GpuSnapshot snapshot = monitor.detect();
            long start = System.nanoTime();
            int passes = 100;
            for (int i = 0; i < passes; i++) {
                monitor.pass();
            }
            long micros = (System.nanoTime() - start) / 1000 / passes;

            log.lines().forEach(System.out::println);
            System.out.println(snapshot + ", one sample takes " + micros + " µs");
            assertThat(snapshot.source()).isEqualTo("NVML");
            assertThat(log.lines()).first().asString().startsWith("INFO GPU detected: model=");
        }
    }
}
