package io.modelfleet.service;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;

/** Answers for requests that never reach the routing, because they are no proper HTTP. */
final class TransportRefusals {
    private TransportRefusals() {}

    static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type,
                    (request, event, status, headers, message) ->
                            direct(request.headers(), status, headers));
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse direct(
            ServerRequestHeaders asked, Status status, ServerResponseHeaders headers) {
        FleetException refusal =
                switch (status.code()) {
                    case 413 -> FleetException.of(ErrorCode.PAYLOAD_TOO_LARGE, "?");
                    case 404 -> FleetException.of(ErrorCode.NOT_FOUND, "?");
                    case 403 -> FleetException.of(ErrorCode.FORBIDDEN);
                    case 503 -> FleetException.of(ErrorCode.UNAVAILABLE, "?");
                    case 500 -> FleetException.of(ErrorCode.INTERNAL);
                    default -> FleetException.of(ErrorCode.INVALID_REQUEST, status.reasonPhrase());
                };
        headers.set(HeaderNames.CONTENT_TYPE, "application/json");
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .entity(Json.write(refusal.problem(Responses.locale(asked))))
                .build();
    }
}
