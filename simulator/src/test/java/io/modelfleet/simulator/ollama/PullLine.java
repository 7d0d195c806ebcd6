package io.modelfleet.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A line of a pull's answer as a client reads it. */
record PullLine(List<String> keys, String status, String error, long total, long completed) {
    static PullLine parse(String json) {
        JsonNode node = Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return new PullLine(
                keys,
                node.path("status").asText(),
                node.path("error").asText(),
                node.path("total").asLong(),
                node.path("completed").asLong());
    }

    boolean isProgress() {
        return keys.contains("digest");
    }
}
