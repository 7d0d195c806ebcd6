package io.modelfleet.agent.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
    @Test
    void limitIsReachedByWaitsAlone() {
        Silence silence = new Silence(Duration.ofSeconds(12));
        Duration waited = Duration.ZERO;
        int waits = 0;
        while (silence.next().isPositive()) {
            waited = waited.plus(silence.next());
            silence.waited(silence.next());
            waits++;
        }
        assertThat(waited).isEqualTo(Duration.ofSeconds(12));
        assertThat(waits).isEqualTo(3);
    }

    @Test
    void sleepWithinAWaitCountsAsThatWaitOnly() {
        Silence silence = new Silence(Duration.ofMinutes(10));
        Duration wait = silence.next();
        // Whatever a clock says has passed meanwhile, eight hours of sleep say, is not asked.
        silence.waited(wait);
        assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(silence.next()).isPositive();
    }
}
