package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.GpuDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import oshi.hardware.GpuStats;
import oshi.hardware.GraphicsCard;

class OshiProbeTest {

    @Test
    void amdAndIntelCardsAreFoundAndOthersLeftOut() {
        OshiProbe probe =
                new OshiProbe(
                        () ->
                                List.of(
                                        new Card(
                                                "AMD Radeon RX 7900 XTX",
                                                "Advanced Micro Devices, Inc. (0x1002)",
                                                24L << 30),
                                        new Card("Intel(R) Arc(TM) A770", "Intel (0x8086)", 0),
                                        new Card("NVIDIA RTX A2000", "NVIDIA (0x10de)", 1),
                                        new Card("Microsoft Basic Display", "Microsoft", 0)));

        assertThat(((GpuFinding.Found) probe.look()).devices())
                .containsExactly(
                        device("amd", "AMD Radeon RX 7900 XTX", 24L << 30),
                        device("intel", "Intel(R) Arc(TM) A770", null));
    }

    @Test
    void windowsIsAskedOnce() {
        int[] questions = {0};
        OshiProbe probe =
                new OshiProbe(
                        () -> {
                            questions[0]++;
                            return List.of(new Card("Radeon", "unknown", 1));
                        });
        probe.look();
        probe.look();

        assertThat(questions[0]).isEqualTo(1);
    }

    @Test
    void noCardIsAbsent() {
        assertThat(new OshiProbe(List::of).look())
                .isEqualTo(new GpuFinding.Absent("Windows knows no AMD or Intel GPU"));
    }

    private static GpuDevice device(String vendor, String model, @Nullable Long memory) {
        return new GpuDevice(null, vendor, model, 1, memory, null, null, null, null, null);
    }

    private record Card(String name, String vendor, long memory) implements GraphicsCard {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getDeviceId() {
            return "";
        }

        @Override
        public String getVendor() {
            return vendor;
        }

        @Override
        public String getVersionInfo() {
            return "";
        }

        @Override
        public long getVRam() {
            return memory;
        }

        @Override
        public GpuStats createStatsSession() {
            throw new UnsupportedOperationException("not needed here");
        }
    }
}
