package io.modelfleet.agent.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelfleet.agent.standin.HandClock;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private static final Digest BIG = new Digest("a".repeat(64));
    private static final Digest SMALL = new Digest("b".repeat(64));
    private static final List<Blob> MODEL =
            List.of(new Blob(BIG, 9_000_000), new Blob(SMALL, 1_000_000));

    private final HandClock clock = new HandClock();
    private final ProgressMeter meter = new ProgressMeter(MODEL, Progress.NONE, clock);

    @Test
    void progressIsOverTheWholeModelAndNotOverTheLayer() {
        meter.layer(BIG, 9_000_000, 4_500_000);
        assertThat(meter.now()).isEqualTo(new Progress(0.45, 0, 4_500_000, 10_000_000L));
    }

    @Test
    void layersBeforeTheOneInFlightAreComplete() {
        meter.layer(SMALL, 1_000_000, 0);
        assertThat(meter.now().fraction()).isEqualTo(0.9);
    }

    @Test
    void progressNeverGoesBackWhenOllamaStartsALayerAgain() {
        meter.layer(BIG, 9_000_000, 9_000_000);
        meter.restart();
        meter.layer(BIG, 9_000_000, 1_000_000);
        assertThat(meter.now().fraction()).isEqualTo(0.9);
        assertThat(meter.now().bytesCompleted()).isEqualTo(9_000_000);
        assertThat(meter.reached()).isEqualTo(1_000_000);
    }

    @Test
    void progressGoesOnWhereAnEarlierRunHadCome() {
        ProgressMeter resumed =
                new ProgressMeter(MODEL, new Progress(0.7, 0, 7_000_000, null), clock);
        resumed.layer(BIG, 9_000_000, 2_000_000);
        assertThat(resumed.now().fraction()).isEqualTo(0.7);
        resumed.layer(BIG, 9_000_000, 8_000_000);
        assertThat(resumed.now().fraction()).isEqualTo(0.8);
    }

    @Test
    void onlySuccessMakesItWhole() {
        meter.allThere();
        assertThat(meter.now().fraction()).isEqualTo(0.999);
        assertThat(meter.now().bytesCompleted()).isEqualTo(10_000_000);
        meter.done();
        assertThat(meter.now()).isEqualTo(new Progress(1, 0, 10_000_000, 10_000_000L));
    }

    @Test
    void withoutTheManifestItIsOverTheLayersSeenAndClaimsNoTotal() {
        ProgressMeter blind = new ProgressMeter(null, Progress.NONE, clock);
        blind.layer(BIG, 9_000_000, 4_500_000);
        assertThat(blind.now()).isEqualTo(new Progress(0.5, 0, 4_500_000, null));
        blind.layer(SMALL, 1_000_000, 500_000);
        assertThat(blind.now().fraction()).isEqualTo(0.95);
    }

    @Test
    void speedIsWhatArrivedInTheLastSeconds() {
        meter.layer(BIG, 9_000_000, 100_000);
        for (int second = 1; second <= 8; second++) {
            clock.advance(Duration.ofSeconds(1));
            meter.layer(BIG, 9_000_000, 100_000 + second * 1_000_000L);
        }
        assertThat((double) meter.now().speed()).isCloseTo(1_000_000, within(250_000.0));
        clock.advance(Duration.ofSeconds(5));
        assertThat(meter.now().speed()).isZero();
    }

    @Test
    void bytesThatWereOnDiskBeforeAreNoSpeed() {
        meter.layer(BIG, 9_000_000, 8_000_000);
        clock.advance(Duration.ofSeconds(1));
        assertThat(meter.now().speed()).isZero();
        meter.layer(BIG, 9_000_000, 8_500_000);
        clock.advance(Duration.ofSeconds(1));
        assertThat(meter.now().speed()).isEqualTo(500_000);
    }

    @Test
    void nothingMovesWhileOllamaVerifies() {
        meter.layer(BIG, 9_000_000, 1);
        clock.advance(Duration.ofSeconds(1));
        meter.layer(BIG, 9_000_000, 9_000_000);
        meter.allThere();
        assertThat(meter.now().speed()).isZero();
    }
}
