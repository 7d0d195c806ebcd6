package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.protocol.GpuDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GpuMonitorTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final GpuDevice RTX_3090 =
            device("GPU-a", "NVIDIA GeForce RTX 3090", 24_576L << 20, 2048L << 20, 30, 50);
    private static final GpuDevice RTX_4060 =
            device("GPU-b", "NVIDIA GeForce RTX 4060", 8188L << 20, 1024L << 20, 90, 45);

    private final LogCapture log = new LogCapture(GpuMonitor.class);
    private final ScriptedProbe nvml = new ScriptedProbe("NVML", new GpuFinding.Absent("no lib"));
    private final ScriptedProbe smi = new ScriptedProbe("nvidia-smi", new GpuFinding.Absent("no"));
    private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final GpuMonitor monitor = new GpuMonitor(List.of(nvml, smi), OFTEN, () -> now);

    @AfterEach
    void stop() {
        monitor.close();
        log.close();
    }

    @Test
    void theFirstSourceThatFindsDevicesWins() {
        nvml.answer = new GpuFinding.Found(List.of(RTX_3090));

        GpuSnapshot snapshot = monitor.detect();

        assertThat(snapshot).isEqualTo(new GpuSnapshot(now, "NVML", List.of(RTX_3090), List.of()));
        assertThat(monitor.latest()).isEqualTo(snapshot);
        assertThat(smi.looks).as("the others are not even asked").hasValue(0);
    }

    @Test
    void theNextSourceIsAskedWhenTheFirstHasNothing() {
        smi.answer = new GpuFinding.Found(List.of(RTX_4060));

        assertThat(monitor.detect().source()).isEqualTo("nvidia-smi");
    }

    @Test
    void everyDeviceIsLoggedOnceInTheQuickStartsWords() {
        GpuDevice pair =
                new GpuDevice(null, null, "T4", 2, 15_360L << 20, null, null, null, null, null);
        GpuDevice unknown = new GpuDevice(null, null, "Odd", 1, null, null, null, null, null, null);
        nvml.answer = new GpuFinding.Found(List.of(RTX_3090, RTX_4060, pair, unknown));

        monitor.detect();
        monitor.pass();
        monitor.pass();

        assertThat(log.lines())
                .containsExactly(
                        "INFO GPU detected: model=NVIDIA GeForce RTX 3090, memory=24GB",
                        "INFO GPU detected: model=NVIDIA GeForce RTX 4060, memory=8GB",
                        "INFO GPU detected: model=T4, memory=15GB, count=2",
                        "INFO GPU detected: model=Odd, memory=unknown");
    }

    @Test
    void twentyFourGigabytesByHandAreLoggedAsThat() {
        try (GpuMonitor byHand =
                new GpuMonitor(
                        GpuProbes.byHand("NVIDIA GeForce RTX 3090", "24GB", null),
                        OFTEN,
                        () -> now)) {
            byHand.detect();
        }

        assertThat(log.lines())
                .containsExactly("INFO GPU detected: model=NVIDIA GeForce RTX 3090, memory=24GB");
    }

    @Test
    void withoutAGpuOneLineGivesEverySourcesReason() {
        GpuSnapshot snapshot = monitor.detect();
        now = now.plusSeconds(90);
        monitor.pass();

        assertThat(log.lines())
                .containsExactly("WARNING No GPU detected: NVML: no lib; nvidia-smi: no");
        assertThat(snapshot.gpuAvailable()).isFalse();
        assertThat(snapshot.source()).isNull();
        assertThat(snapshot.troubles()).containsExactly("NVML: no lib", "nvidia-smi: no");
        assertThat(snapshot.usage()).isNull();
        assertThat(snapshot.memoryTotalMb()).isNull();
    }

    @Test
    void aMachineWithoutGpuIsSearchedAgainAfterAMinuteAndNotSooner() {
        monitor.detect();
        nvml.answer = new GpuFinding.Found(List.of(RTX_3090));

        now = now.plusSeconds(59);
        monitor.pass();
        assertThat(monitor.latest().gpuAvailable()).isFalse();

        now = now.plusSeconds(1);
        monitor.pass();
        assertThat(monitor.latest().devices()).containsExactly(RTX_3090);
        assertThat(log.lines())
                .last()
                .isEqualTo("INFO GPU detected: model=NVIDIA GeForce RTX 3090, memory=24GB");
    }

    @Test
    void theSnapshotSumsUpTheNode() {
        nvml.answer = new GpuFinding.Found(List.of(RTX_3090, RTX_4060));

        GpuSnapshot snapshot = monitor.detect();

        assertThat(snapshot.usage()).isEqualTo(90.0);
        assertThat(snapshot.temperature()).isEqualTo(50.0);
        assertThat(snapshot.memoryTotalMb()).isEqualTo(24_576 + 8188);
        assertThat(snapshot.memoryUsedMb()).isEqualTo(3072);
    }

    @Test
    void aRowForSeveralDevicesCountsAllOfThem() {
        GpuDevice pair =
                new GpuDevice(null, null, "T4", 2, 15_360L << 20, null, null, null, null, null);
        nvml.answer = new GpuFinding.Found(List.of(pair));

        assertThat(monitor.detect().memoryTotalMb()).isEqualTo(30_720);
        assertThat(monitor.latest().memoryUsedMb()).isNull();
    }

    @Test
    void aGpuLostLaterKeepsTheOthersAndIsReportedOnce() {
        nvml.answer = new GpuFinding.Found(List.of(RTX_3090, RTX_4060));
        monitor.detect();
        GpuDevice lost = device("GPU-a", "NVIDIA GeForce RTX 3090", null, null, null, null);

        nvml.answer = new GpuFinding.Found(List.of(lost, RTX_4060), List.of("GPU 0: lost"));
        monitor.pass();
        monitor.pass();
        assertThat(monitor.latest().devices()).containsExactly(lost, RTX_4060);
        assertThat(monitor.latest().memoryTotalMb()).isEqualTo(8188);

        nvml.answer = new GpuFinding.Found(List.of(RTX_3090, RTX_4060));
        monitor.pass();
        assertThat(log.lines().subList(2, log.lines().size()))
                .containsExactly("WARNING GPU trouble: GPU 0: lost", "INFO All GPUs answer again");
    }

    @Test
    void aSourceThatFallsSilentLeavesItsDevicesWithoutFigures() {
        nvml.answer = new GpuFinding.Found(List.of(RTX_3090));
        monitor.detect();

        nvml.answer = new GpuFinding.Absent("the NVIDIA driver is not loaded");
        monitor.pass();

        assertThat(monitor.latest().devices())
                .containsExactly(
                        device("GPU-a", "NVIDIA GeForce RTX 3090", null, null, null, null));
        assertThat(monitor.latest().troubles())
                .containsExactly("NVML: the NVIDIA driver is not loaded");
    }

    @Test
    void aSourceThatBreaksDoesNotHideTheNext() {
        nvml.failure = new UnsatisfiedLinkError("wrong ELF class");
        smi.answer = new GpuFinding.Found(List.of(RTX_3090));

        assertThat(monitor.detect().devices()).containsExactly(RTX_3090);
    }

    @Test
    void samplingSurvivesAnException() {
        nvml.answer = new GpuFinding.Found(List.of(RTX_3090));
        monitor.detect();
        monitor.start();
        nvml.failure = new IllegalStateException("broken");
        await().until(() -> !monitor.latest().troubles().isEmpty());
        assertThat(monitor.latest().troubles())
                .containsExactly("NVML: failed: java.lang.IllegalStateException: broken");

        nvml.failure = null;
        nvml.answer = new GpuFinding.Found(List.of(RTX_4060));

        await().untilAsserted(
                        () -> assertThat(monitor.latest().devices()).containsExactly(RTX_4060));
    }

    @Test
    void samplesComeFromOneDaemonThreadUntilTheMonitorIsClosed() {
        nvml.answer = new GpuFinding.Found(List.of(RTX_3090));
        monitor.start();
        monitor.start();
        await().until(() -> nvml.looks.get() > 2);
        Thread sampler = Objects.requireNonNull(nvml.thread);
        assertThat(sampler.isDaemon()).isTrue();
        assertThat(sampler.isVirtual()).isFalse();
        assertThat(sampler.getName()).isEqualTo("gpu-monitor");

        monitor.close();

        await().until(() -> !sampler.isAlive());
    }

    @Test
    void thisMachinesOwnSourcesAnswerPolitely() {
        try (GpuMonitor real =
                new GpuMonitor(GpuProbes.standard(() -> 16L << 30), OFTEN, () -> now)) {
            GpuSnapshot snapshot = real.detect();

            assertThat(snapshot.gpuAvailable() || !snapshot.troubles().isEmpty()).isTrue();
            assertThat(log.lines()).isNotEmpty();
        }
    }

    private static GpuDevice device(
            String id,
            String model,
            @Nullable Long memory,
            @Nullable Long used,
            @Nullable Integer utilization,
            @Nullable Integer temperature) {
        return new GpuDevice(
                id, "nvidia", model, 1, memory, used, utilization, temperature, null, null);
    }

    /** Answers what the test last put in. */
    private static final class ScriptedProbe implements GpuProbe {
        private final String source;
        volatile GpuFinding answer;
        volatile @Nullable Throwable failure;
        volatile @Nullable Thread thread;
        final AtomicInteger looks = new AtomicInteger();

        ScriptedProbe(String source, GpuFinding answer) {
            this.source = source;
            this.answer = answer;
        }

        @Override
        public String source() {
            return source;
        }

        @Override
        public GpuFinding look() {
            looks.incrementAndGet();
            thread = Thread.currentThread();
            Throwable broken = failure;
            if (broken instanceof RuntimeException exception) {
                throw exception;
            }
            if (broken instanceof Error error) {
                throw error;
            }
            return answer;
        }
    }
}
