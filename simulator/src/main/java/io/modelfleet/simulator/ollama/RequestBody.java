package io.modelfleet.simulator.ollama;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.webserver.http.ServerRequest;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A request's JSON, refused in the words of Go's decoder. */
final class RequestBody {
    private final JsonNode json;
    private final String type;

    private RequestBody(JsonNode json, String type) {
        this.json = json;
        this.type = type;
    }

    /** The body is refused; the message is the error text. */
    static final class Refusal extends Exception {
        Refusal(String text) {
            super(text);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * @param type what Ollama calls the request, as in {@code PullRequest}
     */
    static RequestBody of(ServerRequest request, String type) throws Refusal {
        byte[] bytes =
                request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
        if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
            throw new Refusal("missing request body");
        }
        JsonNode json = parse(bytes);
        if (!json.isObject()) {
            throw new Refusal(
                    "json: cannot unmarshal " + kind(json) + " into Go value of type api." + type);
        }
        return new RequestBody(json, type);
    }

    private static JsonNode parse(byte[] bytes) throws Refusal {
        try {
            return Json.mapper().readTree(bytes);
        } catch (JsonEOFException e) {
            throw new Refusal("unexpected EOF");
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
            char found = (char) bytes[Math.clamp(at - 1, 0, bytes.length - 1)];
            throw new Refusal("invalid character '" + found + "' looking for beginning of value");
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read", e);
        }
    }

    /** A text, empty when absent. */
    String text(String field) throws Refusal {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw mistyped(field, value, "string");
        }
        return value.textValue();
    }

    boolean flag(String field, boolean fallback) throws Refusal {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw mistyped(field, value, "bool");
        }
        return value.booleanValue();
    }

    private Refusal mistyped(String field, JsonNode value, String wanted) {
        return new Refusal(
                "json: cannot unmarshal "
                        + kind(value)
                        + " into Go struct field "
                        + type
                        + "."
                        + field
                        + " of type "
                        + wanted);
    }

    private static String kind(JsonNode value) {
        return value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
