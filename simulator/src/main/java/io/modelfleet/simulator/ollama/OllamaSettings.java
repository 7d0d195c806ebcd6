package io.modelfleet.simulator.ollama;

import io.modelfleet.simulator.wire.Throttle;
import java.net.URI;
import java.nio.file.Path;

/**
 * How one stand-in is set up.
 *
 * @param directory its model store, made when missing; found models are installed
 * @param registry what answers for {@code registry.ollama.ai}
 * @param bandwidth bytes per second that this node downloads at most
 * @param disk bytes that the store may hold
 */
public record OllamaSettings(
        Path directory, URI registry, long bandwidth, long disk, PullTiming timing) {
    /** Room for every simulated model. */
    public static final long ROOMY = 1_000_000_000_000L;

    /** No bandwidth limit, plenty of disk, Ollama's timing. */
    public static OllamaSettings of(Path directory, URI registry) {
        return new OllamaSettings(
                directory, registry, Throttle.UNLIMITED, ROOMY, PullTiming.LIKE_OLLAMA);
    }

    public OllamaSettings withBandwidth(long bytesPerSecond) {
        return new OllamaSettings(directory, registry, bytesPerSecond, disk, timing);
    }

    public OllamaSettings withDisk(long bytes) {
        return new OllamaSettings(directory, registry, bandwidth, bytes, timing);
    }

    public OllamaSettings withTiming(PullTiming other) {
        return new OllamaSettings(directory, registry, bandwidth, disk, other);
    }
}
