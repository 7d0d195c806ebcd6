package io.modelfleet.agent.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    @Test
    void timePassesAsTheTickerSaysWhateverBecomesOfTheWallClock() {
        AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 5);
        Instant began = Instant.parse("2026-11-22T10:00:00Z");
        SteadyTime time = new SteadyTime(began, ticker::get);
        assertThat(time.instant()).isEqualTo(began);
        ticker.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(time.instant()).isEqualTo(began.plusSeconds(3));
    }

    @Test
    void speedIsMeasuredByIt() {
        AtomicLong ticker = new AtomicLong();
        SpeedMeter speed = new SpeedMeter(new SteadyTime(Instant.EPOCH, ticker::get));
        for (int second = 0; second < 5; second++) {
            speed.moved(1_000);
            ticker.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(speed.bytesPerSecond()).isBetween(700L, 1_000L);
    }
}
