package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.GpuDevice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows are those that public exporters recorded from real machines. */
class NvidiaSmiProbeTest {
    private static final long MIB = 1L << 20;
    private static final long HOST_MEMORY = 128L << 30;

    @Test
    void aGeForceTellsEverything() {
        assertThat(
                        device(
                                "0, GPU-4c8e, NVIDIA GeForce RTX 4080 SUPER, 595.71.05,"
                                        + " 00000000:01:00.0, 16376, 596, 15348, 0, 43, 8.9, [N/A]\n"))
                .isEqualTo(
                        new GpuDevice(
                                "GPU-4c8e",
                                "nvidia",
                                "NVIDIA GeForce RTX 4080 SUPER",
                                1,
                                16376 * MIB,
                                596 * MIB,
                                0,
                                43,
                                "595.71.05",
                                "8.9"));
    }

    @Test
    void aPartitionedH100HasNoUtilisation() {
        GpuDevice device =
                device(
                        "0, GPU-91aa, NVIDIA H100 80GB HBM3, 590.48.01, 00000000:00:09.0, 81559,"
                                + " 59, 81022, [N/A], 42, 9.0, Enabled\n");

        assertThat(device.utilization()).isNull();
        assertThat(device.memory()).isEqualTo(81559 * MIB);
        assertThat(device.temperature()).isEqualTo(42);
    }

    @Test
    void aLineFromWindowsEndsWithTwoCharacters() {
        GpuDevice device =
                device(
                        "0, GPU-0c55, NVIDIA GeForce RTX 2080 SUPER, 591.86, 00000000:0C:00.0,"
                                + " 8192, 702, 7286, 0, 40, 7.5, [N/A]\r\n");

        assertThat(device.model()).isEqualTo("NVIDIA GeForce RTX 2080 SUPER");
        assertThat(device.memoryUsed()).isEqualTo(702 * MIB);
        assertThat(device.driver()).isEqualTo("591.86");
    }

    @Test
    void anIdleH200UsesNothing() {
        GpuDevice device =
                device(
                        "0, GPU-83ff, NVIDIA H200, 590.48.01, 00000000:83:00.0, 143771, 0, 143158,"
                                + " 0, 28, 9.0, Disabled\n");

        assertThat(device.memory()).isEqualTo(143771 * MIB);
        assertThat(device.memoryUsed()).isZero();
        assertThat(device.computeCapability()).isEqualTo("9.0");
    }

    @Test
    void severalGpusAreSeveralDevices() {
        GpuFinding.Found found =
                found(
                        """
                        0, GPU-a, NVIDIA A100-SXM4-40GB, 550.1, 00000000:07:00.0, 40960, 1, 40959, 3, 30, 8.0, Disabled
                        1, GPU-b, NVIDIA A100-SXM4-40GB, 550.1, 00000000:0F:00.0, 40960, 2, 40958, 4, 31, 8.0, Disabled
                        """);

        assertThat(found.devices()).extracting(GpuDevice::id).containsExactly("GPU-a", "GPU-b");
        assertThat(found.troubles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0, NVIDIA GB10, [N/A], [N/A]\n", "0, Orin (nvgpu), [N/A], [N/A]\n"})
    void smallBoardsTellTheirNameAloneAndShareTheMachinesMemory(String row) {
        RecordedCommands commands =
                new RecordedCommands(
                        command ->
                                command.contains("uuid")
                                        ? new CommandOutcome.Finished(
                                                2,
                                                "Field \"uuid\" is not a valid field to query.\n")
                                        : new CommandOutcome.Finished(0, row));

        GpuDevice device = ((GpuFinding.Found) probe(commands).look()).devices().getFirst();

        assertThat(device.model()).isIn("NVIDIA GB10", "Orin (nvgpu)");
        assertThat(device.memory()).isEqualTo(HOST_MEMORY);
        assertThat(device.memoryUsed()).isNull();
        assertThat(device.id()).isNull();
    }

    @Test
    void unifiedMemoryInTheWholeQueryIsTheMachinesMemory() {
        GpuDevice device =
                device(
                        "0, GPU-10, NVIDIA GB10, 580.95.05, 0000000F:01:00.0, [N/A], [N/A], [N/A],"
                                + " 5, 40, 12.1, [N/A]\n");

        assertThat(device.memory()).isEqualTo(HOST_MEMORY);
        assertThat(device.utilization()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[N/A]",
                "N/A",
                "[Not Supported]",
                "[Insufficient Permissions]",
                "",
                "[Unknown Error]"
            })
    void aValueThatIsNotThereIsAbsentAndNotZero(String marker) {
        GpuDevice device =
                device(
                        "0, GPU-a, NVIDIA T4, 550.1, 00000000:07:00.0, 15360, "
                                + (marker + ", x, " + marker + ", " + marker + ", ")
                                + (marker + ", " + marker + "\n"));

        assertThat(device.memory()).isEqualTo(15360 * MIB);
        assertThat(device.memoryUsed()).isNull();
        assertThat(device.utilization()).isNull();
        assertThat(device.temperature()).isNull();
        assertThat(device.computeCapability()).isNull();
    }

    @Test
    void memoryThatMayNotBeReadIsUnknown() {
        GpuDevice device =
                device(
                        "0, GPU-a, NVIDIA T4, 550.1, 00000000:07:00.0, [Insufficient Permissions],"
                                + " 1, 1, 0, 30, 7.5, [N/A]\n");

        assertThat(device.memory()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Unknown Error]", "[GPU is lost]", "[GPU requires reset]"})
    void aSickGpuStaysWithoutFiguresAndIsReported(String marker) {
        String sick = ", " + marker;
        GpuFinding.Found found =
                found(
                        "0, GPU-a, NVIDIA T4, 550.1, 00000000:07:00.0"
                                + sick.repeat(7)
                                + "\n1, GPU-b, NVIDIA T4, 550.1, 00000000:08:00.0, 15360, 1, 15359,"
                                + " 0, 30, 7.5, [N/A]\n");

        assertThat(found.devices()).extracting(GpuDevice::id).containsExactly("GPU-a", "GPU-b");
        assertThat(found.devices().getFirst().memory()).isNull();
        assertThat(found.devices().getLast().memory()).isEqualTo(15360 * MIB);
        assertThat(found.troubles()).containsExactly("GPU 0 (GPU-a): " + marker);
    }

    @Test
    void aGpuThatLostEvenItsNameIsRememberedFromBefore() {
        String healthy =
                "0, GPU-a, NVIDIA T4, 550.1, 00000000:07:00.0, 15360, 1, 1, 0, 30, 7.5, [N/A]\n";
        String lost = "0" + ", [GPU is lost]".repeat(11) + "\n";
        String[] output = {healthy};
        NvidiaSmiProbe probe =
                probe(new RecordedCommands(c -> new CommandOutcome.Finished(0, output[0])));
        probe.look();

        output[0] = lost;

        GpuDevice device = ((GpuFinding.Found) probe.look()).devices().getFirst();
        assertThat(device.id()).isEqualTo("GPU-a");
        assertThat(device.model()).isEqualTo("NVIDIA T4");
        assertThat(device.memory()).isNull();
    }

    @Test
    void aSentenceBetweenTheRowsIsATrouble() {
        GpuFinding.Found found =
                found(
                        """
                        Unable to determine the device handle for GPU0000:07:00.0: GPU is lost.
                        1, GPU-b, NVIDIA T4, 550.1, 00000000:08:00.0, 15360, 1, 15359, 0, 30, 7.5, [N/A]
                        """);

        assertThat(found.devices()).hasSize(1);
        assertThat(found.troubles())
                .containsExactly(
                        "Unable to determine the device handle for GPU0000:07:00.0: GPU is lost.");
    }

    @Test
    void anInvalidFieldIsAskedAgainWithoutTheLastTwoAndNotAThirdTime() {
        RecordedCommands commands =
                new RecordedCommands(
                        command ->
                                command.contains("compute_cap")
                                        ? new CommandOutcome.Finished(
                                                2,
                                                "Field \"compute_cap\" is not a valid field to"
                                                        + " query.\n\n")
                                        : new CommandOutcome.Finished(
                                                0,
                                                "0, GPU-a, Tesla K80, 470.1, 00000000:07:00.0,"
                                                        + " 11441, 1, 11440, 0, 30\n"));
        NvidiaSmiProbe probe = probe(commands);

        GpuDevice device = ((GpuFinding.Found) probe.look()).devices().getFirst();
        probe.look();

        assertThat(device.memory()).isEqualTo(11441 * MIB);
        assertThat(device.computeCapability()).isNull();
        assertThat(commands.commands).hasSize(3);
        assertThat(commands.commands.getFirst())
                .isEqualTo(
                        "nvidia-smi --query-gpu=index,uuid,name,driver_version,pci.bus_id,"
                                + "memory.total,memory.used,memory.free,utilization.gpu,"
                                + "temperature.gpu,compute_cap,mig.mode.current"
                                + " --format=csv,noheader,nounits");
        assertThat(commands.commands.getLast()).doesNotContain("compute_cap", "mig.mode");
    }

    @Test
    void aDriverThatCannotBeReachedGivesItsOwnSentence() {
        String sentence =
                "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.";

        assertThat(probe(RecordedCommands.always(9, sentence + "\n")).look())
                .isEqualTo(new GpuFinding.Absent(sentence));
    }

    @Test
    void noOutputAtAllIsAbsent() {
        assertThat(probe(RecordedCommands.always(127, "")).look())
                .isEqualTo(new GpuFinding.Absent("nvidia-smi ended with code 127, no output"));
    }

    @Test
    void aMissingProgramIsNamedAfterEveryPlaceWasTried() {
        RecordedCommands commands = new RecordedCommands(c -> new CommandOutcome.NotStarted());
        NvidiaSmiProbe probe =
                new NvidiaSmiProbe(
                        List.of("nvidia-smi", "/elsewhere/nvidia-smi"),
                        commands,
                        () -> HOST_MEMORY);

        assertThat(probe.look()).isEqualTo(new GpuFinding.Absent("nvidia-smi not found"));
        assertThat(commands.commands).hasSize(2);
    }

    @Test
    void aProgramThatHangsIsAbsent() {
        assertThat(probe(new RecordedCommands(c -> new CommandOutcome.TimedOut())).look())
                .isEqualTo(new GpuFinding.Absent("nvidia-smi did not answer within 10 s"));
    }

    private static GpuDevice device(String row) {
        return found(row).devices().getFirst();
    }

    private static GpuFinding.Found found(String output) {
        return (GpuFinding.Found) probe(RecordedCommands.always(0, output)).look();
    }

    private static NvidiaSmiProbe probe(CommandRunner commands) {
        return new NvidiaSmiProbe(List.of("nvidia-smi"), commands, () -> HOST_MEMORY);
    }
}
