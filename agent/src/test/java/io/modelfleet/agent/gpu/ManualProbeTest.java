package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelfleet.protocol.GpuDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManualProbeTest {

    @ParameterizedTest
    @CsvSource({
        "24GB, 25769803776",
        "24GiB, 25769803776",
        "24 gb, 25769803776",
        "24G, 25769803776",
        "24576MiB, 25769803776",
        "24576MB, 25769803776",
        "4.5GB, 4831838208",
        "1TB, 1099511627776",
        "1024K, 1048576",
        "25769803776, 25769803776",
        "512B, 512"
    })
    void memoryIsWrittenAsPeopleWriteIt(String text, long bytes) {
        assertThat(MemorySize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "GB",
                "-1GB",
                "0",
                "0GB",
                "24XB",
                "24GBs",
                "1,5GB",
                "0x10",
                "1e9",
                ".5GB",
                "2000TB",
                "999999999999999999TB",
                "24GB 24GB",
                "2４GB"
            })
    void otherTextIsRefusedWithASentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemorySize.parse(text))
                .withMessage(
                        "\"%s\" is no amount of memory; write it as 24GB, 24576MiB or in bytes",
                        text);
    }

    @Test
    void whatIsSaidByHandIsWhatIsFound() {
        assertThat(byHand("NVIDIA GeForce RTX 3090", "24GB", 2))
                .isEqualTo(
                        new GpuDevice(
                                null,
                                null,
                                "NVIDIA GeForce RTX 3090",
                                2,
                                24L << 30,
                                null,
                                null,
                                null,
                                null,
                                null));
    }

    @Test
    void memoryAloneIsEnough() {
        GpuDevice device = byHand(null, "8GB", null);

        assertThat(device.model()).isEqualTo("GPU");
        assertThat(device.devices()).isEqualTo(1);
    }

    @Test
    void aModelWithoutMemoryHasUnknownMemory() {
        assertThat(byHand("Tesla P4", null, null).memory()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1025})
    void anImpossibleCountIsRefused(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GpuProbes.byHand("T4", "16GB", count))
                .withMessage("the number of GPUs must be 1 to 1024, not %d", count);
    }

    @Test
    void aBlankModelIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GpuProbes.byHand(" ", "16GB", 1))
                .withMessage("the model of the GPU must not be blank");
    }

    private static GpuDevice byHand(
            @Nullable String model, @Nullable String memory, @Nullable Integer count) {
        List<GpuProbe> probes = GpuProbes.byHand(model, memory, count);
        return ((GpuFinding.Found) probes.getFirst().look()).devices().getFirst();
    }
}
