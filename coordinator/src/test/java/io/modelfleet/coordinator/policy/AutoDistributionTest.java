package io.modelfleet.coordinator.policy;

import static io.modelfleet.coordinator.policy.AutoDistribution.Measure.LARGEST;
import static io.modelfleet.coordinator.policy.AutoDistribution.Measure.SUM;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.ModelName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoDistributionTest {
    private static final long MEBIBYTE = 1L << 20;
    private static final AutoDistribution QUICK_START =
            new AutoDistribution(true, LARGEST, AutoDistribution.defaultTable());

    @ParameterizedTest
    @CsvSource({
        "25757220864, gpt-oss:20b",
        "16000000000, gpt-oss:20b",
        "15999999999, gpt-oss:7b",
        " 8000000000, gpt-oss:7b",
        " 7999999999, gpt-oss:3b",
        " 4500000000, gpt-oss:3b",
        " 4499999999, gpt-oss:1b",
        "          0, gpt-oss:1b"
    })
    void eachBoundaryBelongsToTheLargerModel(long bytes, String model) {
        assertThat(QUICK_START.modelFor(List.of(gpu(bytes, 1)))).contains(ModelName.parse(model));
    }

    @ParameterizedTest
    @CsvSource({"16376", "16384", "15360"})
    void cardsThatAreSoldAs16GigabytesCountAsSuchWhateverTheDriverKeepsForItself(long mebibytes) {
        assertThat(QUICK_START.modelFor(List.of(gpu(mebibytes * MEBIBYTE, 1))))
                .contains(ModelName.parse("gpt-oss:20b"));
    }

    @Test
    void largestDeviceCountsUnlessTheSumIsWished() {
        List<GpuDevice> two = List.of(gpu(6_000_000_000L, 1), gpu(12_000_000_000L, 1));

        assertThat(QUICK_START.modelFor(two)).contains(ModelName.parse("gpt-oss:7b"));
        assertThat(summed().modelFor(two)).contains(ModelName.parse("gpt-oss:20b"));
    }

    @Test
    void rowOfSeveralDevicesCountsOnceForTheLargestAndAllForTheSum() {
        List<GpuDevice> row = List.of(gpu(8_000_000_000L, 2));

        assertThat(QUICK_START.modelFor(row)).contains(ModelName.parse("gpt-oss:7b"));
        assertThat(summed().modelFor(row)).contains(ModelName.parse("gpt-oss:20b"));
    }

    @Test
    void sumOfAbsurdFiguresDoesNotOverflow() {
        assertThat(summed().modelFor(List.of(gpu(Long.MAX_VALUE, 1024), gpu(1L, 1))))
                .contains(ModelName.parse("gpt-oss:20b"));
    }

    @Test
    void deviceOfUnknownMemoryIsPassedOver() {
        assertThat(QUICK_START.modelFor(List.of(gpu(null, 1)))).isEmpty();
        assertThat(QUICK_START.modelFor(List.of(gpu(null, 1), gpu(9_000_000_000L, 1))))
                .contains(ModelName.parse("gpt-oss:7b"));
        assertThat(QUICK_START.modelFor(List.of())).isEmpty();
    }

    @Test
    void ownTableMayStandInAnyOrderAndLeaveSmallNodesOut() {
        AutoDistribution own =
                new AutoDistribution(
                        true,
                        LARGEST,
                        List.of(
                                new AutoDistribution.Row(
                                        10_000_000_000L, ModelName.parse("small:1b")),
                                new AutoDistribution.Row(
                                        20_000_000_000L, ModelName.parse("large:9b"))));

        assertThat(own.modelFor(List.of(gpu(24_000_000_000L, 1))))
                .contains(ModelName.parse("large:9b"));
        assertThat(own.modelFor(List.of(gpu(12_000_000_000L, 1))))
                .contains(ModelName.parse("small:1b"));
        assertThat(own.modelFor(List.of(gpu(9_000_000_000L, 1)))).isEmpty();
    }

    @Test
    void switchedOffNoNodeGetsAny() {
        AutoDistribution off =
                new AutoDistribution(false, LARGEST, AutoDistribution.defaultTable());

        assertThat(off.modelFor(List.of(gpu(24_000_000_000L, 1)))).isEmpty();
    }

    private static AutoDistribution summed() {
        return new AutoDistribution(true, SUM, AutoDistribution.defaultTable());
    }

    private static GpuDevice gpu(@Nullable Long memory, int count) {
        return new GpuDevice(null, null, "GPU", count, memory, null, null, null, null, null);
    }
}
