package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.GpuDevice;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvmlProbeTest {
    private static final long HOST_MEMORY = 128L << 30;

    private final Arena arena = Arena.ofShared();
    private final FakeNvml.Gpu first = new FakeNvml.Gpu("GPU-1111");
    private final FakeNvml.Gpu second = new FakeNvml.Gpu("GPU-2222");

    @AfterEach
    void freeTheStubs() {
        arena.close();
    }

    @Test
    void aMissingLibraryIsNamed() {
        NvmlProbe probe = new NvmlProbe(Optional::empty, "libnvidia-ml.so.1", () -> HOST_MEMORY);

        assertThat(probe.look()).isEqualTo(new GpuFinding.Absent("libnvidia-ml.so.1 not found"));
    }

    @Test
    void aLibraryThatAppearsLaterIsFound() {
        AtomicReference<Optional<SymbolLookup>> library = new AtomicReference<>(Optional.empty());
        NvmlProbe probe = new NvmlProbe(library::get, "libnvidia-ml.so.1", () -> HOST_MEMORY);
        probe.look();

        library.set(Optional.of(new FakeNvml(arena, first).symbols()));

        assertThat(devices(probe)).hasSize(1);
    }

    @Test
    void twoGpusAreTwoDevicesWithAllTheirFigures() {
        second.name = "NVIDIA GeForce RTX 4060";
        second.total = 8L << 30;
        second.utilization = 0;
        NvmlProbe probe = probe(new FakeNvml(arena, first, second));

        assertThat(devices(probe))
                .containsExactly(
                        new GpuDevice(
                                "GPU-1111",
                                "nvidia",
                                "NVIDIA GeForce RTX 3090",
                                1,
                                24L << 30,
                                2L << 30,
                                37,
                                55,
                                "595.71.05",
                                "8.6"),
                        new GpuDevice(
                                "GPU-2222",
                                "nvidia",
                                "NVIDIA GeForce RTX 4060",
                                1,
                                8L << 30,
                                2L << 30,
                                0,
                                55,
                                "595.71.05",
                                "8.6"));
        assertThat(found(probe).troubles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "9, the NVIDIA driver is not loaded",
        "18, driver and library versions differ: reboot",
        "4, no permission to use the GPU",
        "17, no permission: the system blocks access to the GPU (cgroup)",
        "999, NVML error 999"
    })
    void aLibraryThatDoesNotStartSaysWhy(int code, String reason) {
        FakeNvml library = new FakeNvml(arena, first);
        library.initCode = code;

        assertThat(probe(library).look()).isEqualTo(new GpuFinding.Absent(reason));
    }

    @Test
    void aDriverThatIsLoadedLaterIsUsed() {
        FakeNvml library = new FakeNvml(arena, first);
        library.initCode = 9;
        NvmlProbe probe = probe(library);
        probe.look();

        library.initCode = 0;

        assertThat(devices(probe)).hasSize(1);
    }

    @Test
    void noGpuIsAbsent() {
        assertThat(probe(new FakeNvml(arena)).look())
                .isEqualTo(new GpuFinding.Absent("the driver knows no GPU"));
    }

    @Test
    void unifiedMemoryIsTheMachinesMemory() {
        first.name = "NVIDIA GB10";
        first.memoryCode = 3;

        GpuDevice device = devices(probe(new FakeNvml(arena, first))).getFirst();

        assertThat(device.memory()).isEqualTo(HOST_MEMORY);
        assertThat(device.memoryUsed()).isNull();
    }

    @Test
    void memoryThatMayNotBeReadIsUnknown() {
        first.memoryCode = 4;

        assertThat(devices(probe(new FakeNvml(arena, first))).getFirst().memory()).isNull();
    }

    @Test
    void anOldDriverWithoutNewerVersionsStillTellsEverything() {
        GpuDevice device =
                devices(probe(new FakeNvml(arena, first).withoutNewerVersions())).getFirst();

        assertThat(device.id()).isEqualTo("GPU-1111");
        assertThat(device.memory()).isEqualTo(24L << 30);
        assertThat(device.memoryUsed())
                .as("version 1 counts what is reserved as used")
                .isEqualTo((2L << 30) + (300L << 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 25})
    void aDriverThatRefusesTheNewerMemoryQuestionIsAskedTheOlder(int code) {
        FakeNvml library = new FakeNvml(arena, first);
        library.memoryV2Code = code;

        assertThat(devices(probe(library)).getFirst().memory()).isEqualTo(24L << 30);
    }

    @Test
    void aLibraryWithoutAnyUsefulFunctionIsAbsent() {
        NvmlProbe probe =
                new NvmlProbe(
                        () -> Optional.of(name -> Optional.empty()), "lib", () -> HOST_MEMORY);

        assertThat(probe.look())
                .isEqualTo(
                        new GpuFinding.Absent(
                                "the driver's library lacks a function that is needed"));
    }

    @Test
    void figuresThatAreNotSupportedAreAbsentAndNotZero() {
        first.utilizationCode = 3;
        first.temperatureCode = 3;
        first.capabilityCode = 3;
        NvmlProbe probe = probe(new FakeNvml(arena, first).without("nvmlSystemGetDriverVersion"));

        GpuDevice device = devices(probe).getFirst();

        assertThat(device.utilization()).isNull();
        assertThat(device.temperature()).isNull();
        assertThat(device.computeCapability()).isNull();
        assertThat(device.driver()).isNull();
    }

    @Test
    void aUtilisationBeyondHundredIsUnknown() {
        first.utilization = 65535;

        assertThat(devices(probe(new FakeNvml(arena, first))).getFirst().utilization()).isNull();
    }

    @Test
    void aDeviceWithoutUuidIsKnownByItsPciAddress() {
        first.uuidCode = 3;

        assertThat(devices(probe(new FakeNvml(arena, first))).getFirst().id())
                .isEqualTo("00000000:00:00.0");
    }

    @Test
    void aGpuLostLaterKeepsItsNameAndTheOthersTheirFigures() {
        FakeNvml library = new FakeNvml(arena, first, second);
        NvmlProbe probe = probe(library);
        probe.look();

        first.handleCode = 15;

        GpuFinding.Found found = found(probe);
        assertThat(found.devices())
                .extracting(GpuDevice::id)
                .containsExactly("GPU-2222", "GPU-1111");
        assertThat(found.devices().getFirst().memory()).isEqualTo(24L << 30);
        GpuDevice lost = found.devices().getLast();
        assertThat(lost.model()).isEqualTo("NVIDIA GeForce RTX 3090");
        assertThat(lost.memory()).isNull();
        assertThat(lost.memoryUsed()).isNull();
        assertThat(lost.utilization()).isNull();
        assertThat(lost.temperature()).isNull();
        assertThat(found.troubles()).containsExactly("GPU 0: lost (fallen off the bus); reboot");
    }

    @Test
    void aLostGpuIsRecognisedByUuidWhenIndexesMove() {
        FakeNvml library = new FakeNvml(arena, first, second);
        NvmlProbe probe = probe(library);
        probe.look();

        Collections.swap(library.gpus, 0, 1);
        first.memoryCode = 16;

        GpuFinding.Found found = found(probe);
        assertThat(found.devices())
                .extracting(GpuDevice::id)
                .containsExactly("GPU-2222", "GPU-1111");
        assertThat(found.devices().getLast().memory()).isNull();
        assertThat(found.troubles()).containsExactly("GPU 1 (GPU-1111): needs a reset; reboot");
    }

    @Test
    void aGpuLostBeforeItEverAnsweredHasNoName() {
        first.handleCode = 15;
        NvmlProbe probe = probe(new FakeNvml(arena, first, second));

        assertThat(devices(probe))
                .extracting(GpuDevice::model)
                .containsExactly("NVIDIA GeForce RTX 3090", "NVIDIA GPU");
    }

    @Test
    void aGpuThatComesBackHasFiguresAgain() {
        NvmlProbe probe = probe(new FakeNvml(arena, first));
        first.memoryCode = 15;
        probe.look();

        first.memoryCode = 0;

        assertThat(devices(probe).getFirst().memory()).isEqualTo(24L << 30);
        assertThat(found(probe).troubles()).isEmpty();
    }

    @Test
    void aDriverThatWasReplacedIsOpenedAgain() {
        FakeNvml library = new FakeNvml(arena, first);
        NvmlProbe probe = probe(library);
        probe.look();
        library.countCode = 1;

        assertThat(probe.look()).isEqualTo(new GpuFinding.Absent("the driver was restarted"));

        library.countCode = 0;
        assertThat(devices(probe)).hasSize(1);
        assertThat(library.shutdowns).isEqualTo(1);
        assertThat(library.inits).as("once for each session, not for each look").isEqualTo(2);
    }

    private static NvmlProbe probe(FakeNvml library) {
        return new NvmlProbe(
                () -> Optional.of(library.symbols()), "libnvidia-ml.so.1", () -> HOST_MEMORY);
    }

    private static List<GpuDevice> devices(NvmlProbe probe) {
        return found(probe).devices();
    }

    private static GpuFinding.Found found(NvmlProbe probe) {
        GpuFinding finding = probe.look();
        assertThat(finding).isInstanceOf(GpuFinding.Found.class);
        return (GpuFinding.Found) finding;
    }
}
