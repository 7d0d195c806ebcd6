package io.modelfleet.simulator.ollama;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import io.modelfleet.protocol.Json;
import java.util.Map;

/** Whole answers as Ollama's web framework writes them. */
final class Replies {
    private Replies() {}

    static void json(ServerResponse response, Object body) {
        json(response, Status.OK_200, "application/json; charset=utf-8", body);
    }

    static void json(ServerResponse response, Status status, String type, Object body) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, type).send(Json.write(body));
    }

    static void error(ServerResponse response, Status status, String text) {
        json(response, status, "application/json; charset=utf-8", Map.of("error", text));
    }

    static void text(ServerResponse response, Status status, String text) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(text);
    }
}
