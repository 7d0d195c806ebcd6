package io.modelfleet.agent.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = Backoff.standard(new Random(7));

    @Test
    void waitsDoubleFromOneSecondToThirty() {
        for (int failures = 1; failures < 100; failures++) {
            long span = Math.min(30_000, 1000L << Math.min(failures - 1, 10));
            assertThat(backoff.after(failures))
                    .isBetween(Duration.ofMillis(span / 2), Duration.ofMillis(span));
        }
    }

    @Test
    void waitsDiffer() {
        assertThat(backoff.after(6)).isNotEqualTo(backoff.after(6));
    }
}
