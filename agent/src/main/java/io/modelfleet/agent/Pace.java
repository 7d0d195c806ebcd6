package io.modelfleet.agent;

import io.modelfleet.agent.pull.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How fast an agent does what it does again and again.
 *
 * @param backoff between calls that fail
 * @param reportInterval between two reports of a task's figures
 * @param ollamaPause between looks for an Ollama that is not running
 */
public record Pace(Backoff backoff, Duration reportInterval, Duration ollamaPause) {
    /** What the contract says: back-off from 1 s to 30 s, a report a second. */
    public static Pace standard() {
        return new Pace(
                Backoff.standard(RandomGenerator.getDefault()),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
    }
}
