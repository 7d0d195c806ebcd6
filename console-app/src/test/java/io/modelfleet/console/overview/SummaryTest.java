package io.modelfleet.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Presence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final long GB = 1_000_000_000L;

    private static Summary of(Agent... agents) {
        return Summary.of(
                FleetState.EMPTY.apply(Fleets.full(1, List.of(agents), List.of(), List.of())));
    }

    private static Agent node(String name, Presence presence, GpuDevice... gpus) {
        return Floor.node(name, null, presence, true, OllamaState.OK, 400, gpus);
    }

    private static GpuDevice device(int count, @Nullable Long memory, @Nullable Long used) {
        return new GpuDevice(null, null, "X", count, memory, used, null, null, null, null);
    }

    @Test
    void countsTheWholeFloor() {
        Summary sum = Summary.of(FleetState.EMPTY.apply(Floor.full()));
        assertThat(sum.online()).isEqualTo(10);
        assertThat(sum.paused()).isEqualTo(1);
        assertThat(sum.offline()).isEqualTo(2);
        assertThat(sum.gpus()).isEqualTo(12);
        assertThat(sum.moving()).isEqualTo(5);
        assertThat(sum.waiting()).isEqualTo(2);
        assertThat(sum.speed()).isEqualTo(4 * 48_000_000L);
    }

    @Test
    void whatIsAwayDoesNotCount() {
        Summary sum =
                of(
                        node("a", Presence.ONLINE, device(1, 24 * GB, 6 * GB)),
                        node("b", Presence.OFFLINE, device(1, 80 * GB, 80 * GB)));
        assertThat(sum.gpuMemory()).isEqualTo(new Amount(24 * GB, 6 * GB));
        assertThat(sum.disk()).isEqualTo(new Amount(1000 * GB, 600 * GB));
    }

    @Test
    void aRowOfDevicesCountsAsManyAsThereAre() {
        Summary sum = of(node("a", Presence.ONLINE, device(4, 10 * GB, GB)));
        assertThat(sum.gpus()).isEqualTo(4);
        assertThat(sum.gpuMemory()).isEqualTo(new Amount(40 * GB, 4 * GB));
    }

    @Test
    void whatNobodyMeasuredDoesNotShiftTheShare() {
        Summary sum =
                of(
                        node("a", Presence.ONLINE, device(1, 10 * GB, 5 * GB)),
                        node("b", Presence.ONLINE, device(1, 30 * GB, null)));
        assertThat(sum.gpuMemory().share()).isEqualTo(.5);
        assertThat(of(node("c", Presence.ONLINE)).gpuMemory()).isEqualTo(Amount.UNKNOWN);
        assertThat(Amount.UNKNOWN.share()).isNegative();
    }

    @Test
    void modelsAreCountedOnceAndCopiesEach() {
        Holdings holdings = Holdings.of(FleetState.EMPTY.apply(Floor.full()).models());
        assertThat(holdings.names()).hasSize(10);
        assertThat(holdings.copies()).isEqualTo(13);
        assertThat(Holdings.of(Map.of())).isEqualTo(Holdings.NONE);
    }
}
