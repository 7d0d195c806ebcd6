package io.modelfleet.coordinator.task;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, by clocks that are set now and then. */
final class Lapse {
    private Lapse() {}

    /**
     * Whether the two moments are that close. One that lies far ahead says that the clock was set
     * back; nothing waits until it has caught up.
     */
    static boolean within(Duration limit, Instant then, Instant now) {
        return Duration.between(then, now).abs().compareTo(limit) < 0;
    }
}
