package io.modelfleet.service;

import io.modelfleet.protocol.Json;
import java.nio.charset.StandardCharsets;

/**
 * What a handler gives back.
 *
 * @param status HTTP status, 200 to 599
 * @param contentType media type of the body, empty without one
 * @param body bytes, none for 204
 */
public record Answer(int status, String contentType, byte[] body) {
    private static final String JSON = "application/json";

    /** 200 with a wire record or a list of them. */
    public static Answer ok(Object body) {
        return json(200, body);
    }

    /** 202: accepted, to be done soon. */
    public static Answer accepted(Object body) {
        return json(202, body);
    }

    /** 204: done, nothing to say. */
    public static Answer empty() {
        return new Answer(204, "", new byte[0]);
    }

    public static Answer json(int status, Object body) {
        return new Answer(status, JSON, Json.write(body));
    }

    /** 200 with text that is no JSON. */
    public static Answer text(String contentType, String text) {
        return new Answer(200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }
}
