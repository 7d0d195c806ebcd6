package io.modelfleet.coordinator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.modelfleet.protocol.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer.
 *
 * @param path as it was sent, with its query
 * @param sent the request's body, {@code null} for none
 * @param contentType of the answer, without parameters; empty for none
 * @param allow the answer's {@code Allow} header; empty for none
 */
record Exchange(
        String method,
        String path,
        @Nullable String sent,
        int status,
        String contentType,
        String allow,
        String body) {

    /** The answer's JSON; missing where it is none. */
    JsonNode json() {
        return json(contentType.equals("application/json") ? body : null);
    }

    /** The request's JSON; missing where it is none. */
    JsonNode sentJson() {
        return json(sent);
    }

    private static JsonNode json(@Nullable String text) {
        try {
            return text == null ? MissingNode.getInstance() : Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    String text(String field) {
        return json().path(field).asText();
    }

    UUID id(String field) {
        return UUID.fromString(text(field));
    }

    @Override
    public String toString() {
        return method + " " + path + " → " + status + " " + body.lines().findFirst().orElse("");
    }
}
