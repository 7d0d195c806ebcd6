package io.modelfleet.agent.ollama;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One NDJSON line as Ollama writes it; {@code total} and {@code completed} are left out while 0.
 */
record PullLine(
        @Nullable String status,
        @Nullable String digest,
        @Nullable Long total,
        @Nullable Long completed,
        @Nullable String error) {

    /**
     * @throws FleetException when the line is no JSON object of this shape, as one that was cut is
     */
    static PullLine parse(String line) {
        return Json.read(line.getBytes(StandardCharsets.UTF_8), PullLine.class);
    }

    boolean isSuccess() {
        return "success".equals(status);
    }

    /**
     * @throws FleetException when the digest is none
     */
    PullEvent event() {
        if (digest != null) {
            return new PullEvent.Layer(
                    Digest.parse(digest),
                    total == null ? 0 : Math.max(0, total),
                    completed == null ? 0 : Math.max(0, completed));
        }
        String text = status == null ? "" : status;
        return switch (text) {
            case "pulling manifest" -> new PullEvent.Manifest();
            case "verifying sha256 digest", "writing manifest", "removing unused layers" ->
                    new PullEvent.Verifying();
            default -> new PullEvent.Other(text);
        };
    }
}
