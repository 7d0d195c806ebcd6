package io.modelfleet.coordinator.task;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** For what happens on other threads. */
final class Waiting {
    private Waiting() {}

    static void until(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(10))
                .until(condition);
    }
}
