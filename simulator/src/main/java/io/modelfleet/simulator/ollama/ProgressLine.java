package io.modelfleet.simulator.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.modelfleet.protocol.Digest;
import org.jspecify.annotations.Nullable;

/** One line of a pull's answer; figures that are 0 are left out, as Go does. */
@JsonPropertyOrder({"status", "digest", "total", "completed", "error"})
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record ProgressLine(
        @Nullable String status,
        @Nullable Digest digest,
        long total,
        long completed,
        @Nullable String error) {

    static ProgressLine status(String status) {
        return new ProgressLine(status, null, 0, 0, null);
    }

    static ProgressLine pulling(Digest digest, long total, long completed) {
        String status = "pulling " + digest.hex().substring(0, 12);
        return new ProgressLine(status, digest, total, completed, null);
    }

    static ProgressLine error(String text) {
        return new ProgressLine(null, null, 0, 0, text);
    }
}
