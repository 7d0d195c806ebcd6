package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.GpuDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmdSysfsProbeTest {
    private static final long GIB = 1L << 30;
    private static final long HOST_MEMORY = 32 * GIB;

    @TempDir Path sysfs;

    private AmdSysfsProbe probe;

    @BeforeEach
    void probeTheFolder() {
        probe = new AmdSysfsProbe(sysfs, () -> HOST_MEMORY);
    }

    @Test
    void aMachineWithoutGraphicsIsAbsent() {
        assertThat(probe.look())
                .isEqualTo(new GpuFinding.Absent("no AMD GPU in " + sysfs.resolve("class/drm")));
    }

    @Test
    void aCardTellsEverything() throws IOException {
        card("card1");
        write("module/amdgpu/version", "6.12.12");

        assertThat(devices())
                .containsExactly(
                        new GpuDevice(
                                "8a1f2b3c4d5e6f70",
                                "amd",
                                "AMD Radeon PRO W7900",
                                1,
                                48 * GIB,
                                2 * GIB,
                                17,
                                41,
                                "6.12.12",
                                null));
    }

    @Test
    void connectorsAndCardsOfOtherMakersAreNoDevices() throws IOException {
        card("card1");
        write("class/drm/card1-DP-1/device/vendor", "0x1002");
        write("class/drm/card0/device/vendor", "0x8086");
        write("class/drm/renderD128/device/vendor", "0x1002");

        assertThat(devices()).hasSize(1);
    }

    @Test
    void cardsComeInTheOrderOfTheirNumbers() throws IOException {
        for (int number : List.of(10, 2, 1)) {
            card("card" + number);
            write("class/drm/card" + number + "/device/unique_id", "id-" + number);
        }

        assertThat(devices()).extracting(GpuDevice::id).containsExactly("id-1", "id-2", "id-10");
    }

    @Test
    void aCardWithoutNameAndUniqueIdIsKnownByItsPciIdAndAddress() throws IOException {
        card("card1");
        Files.delete(device("product_name"));
        Files.delete(device("unique_id"));
        write("class/drm/card1/device/device", "0x744c");
        write("class/drm/card1/device/uevent", "DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0");

        GpuDevice device = devices().getFirst();

        assertThat(device.model()).isEqualTo("AMD GPU 1002:744c");
        assertThat(device.id()).isEqualTo("0000:03:00.0");
    }

    @Test
    void aLoadThatCannotBeReadIsUnknown() throws IOException {
        card("card1");
        // Reading a folder fails as the driver's EBUSY does.
        Files.delete(device("gpu_busy_percent"));
        Files.createDirectory(device("gpu_busy_percent"));

        assertThat(devices().getFirst().utilization()).isNull();
    }

    @Test
    void figuresThatAreMissingOrNonsenseAreUnknown() throws IOException {
        card("card1");
        Files.delete(device("mem_info_vram_total"));
        Files.delete(device("hwmon/hwmon4/temp1_input"));
        Files.writeString(device("mem_info_vram_used"), "nonsense\n");

        GpuDevice device = devices().getFirst();

        assertThat(device.memory()).isNull();
        assertThat(device.memoryUsed()).isNull();
        assertThat(device.temperature()).isNull();
    }

    @Test
    void anApuCountsWhatItMayMapOfTheMachinesMemory() throws IOException {
        apu(15 * GIB);

        GpuDevice device = devices().getFirst();

        assertThat(device.memory()).isEqualTo(15 * GIB + GIB / 2);
        assertThat(device.memoryUsed()).isEqualTo(3 * GIB);
    }

    @Test
    void anApuCannotMapMoreThanTheMachineHas() throws IOException {
        apu(64 * GIB);

        assertThat(devices().getFirst().memory()).isEqualTo(HOST_MEMORY + GIB / 2);
    }

    private void apu(long mapped) throws IOException {
        card("card1");
        write("class/drm/card1/device/hwmon/hwmon4/in1_label", "vddnb");
        write("class/drm/card1/device/mem_info_vram_total", Long.toString(GIB / 2));
        write("class/drm/card1/device/mem_info_gtt_total", Long.toString(mapped));
        write("class/drm/card1/device/mem_info_gtt_used", Long.toString(GIB));
    }

    /** A discrete card; it too may map memory of the machine, which is not its own. */
    private void card(String name) throws IOException {
        String device = "class/drm/" + name + "/device/";
        write(device + "vendor", "0x1002");
        write(device + "product_name", "AMD Radeon PRO W7900");
        write(device + "unique_id", "8a1f2b3c4d5e6f70");
        write(device + "mem_info_vram_total", Long.toString(48 * GIB));
        write(device + "mem_info_vram_used", Long.toString(2 * GIB));
        write(device + "mem_info_gtt_total", Long.toString(16 * GIB));
        write(device + "gpu_busy_percent", "17");
        write(device + "hwmon/hwmon4/temp1_input", "41700");
    }

    private Path device(String file) {
        return sysfs.resolve("class/drm/card1/device").resolve(file);
    }

    private void write(String file, String text) throws IOException {
        Path path = sysfs.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }

    private List<GpuDevice> devices() {
        return ((GpuFinding.Found) probe.look()).devices();
    }
}
