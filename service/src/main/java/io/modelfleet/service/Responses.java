package io.modelfleet.service;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Problem;
import java.util.Locale;

/** How answers and refusals are put on the connection, and when it ends with them. */
final class Responses {
    private Responses() {}

    static void refuse(ServerRequest request, ServerResponse response, FleetException refusal) {
        boolean tooLarge = refusal.code() == ErrorCode.PAYLOAD_TOO_LARGE;
        if (tooLarge) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        Problem problem = refusal.problem(locale(request.headers()));
        send(request, response, Answer.json(refusal.code().status(), problem));
        if (tooLarge) {
            closeConnection();
        }
    }

    static void refuseMalformed(ServerRequest request, ServerResponse response) {
        response.header(HeaderValues.CONNECTION_CLOSE);
        refuse(
                request,
                response,
                FleetException.of(
                        ErrorCode.INVALID_REQUEST, Status.BAD_REQUEST_400.reasonPhrase()));
        closeConnection();
    }

    /** The header alone does not close: Helidon would read the rest as the next request. */
    private static void closeConnection() {
        throw new CloseConnectionException("closed on purpose, the answer is sent");
    }

    static Locale locale(ServerRequestHeaders headers) {
        return Call.locale(headers.first(HeaderNames.ACCEPT_LANGUAGE).orElse(""));
    }

    static void send(ServerRequest request, ServerResponse response, Answer answer) {
        response.status(Status.create(answer.status()));
        if (answer.body().length == 0) {
            response.send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (request.prologue().method().equals(Method.HEAD)) {
            // Helidon would send the body, which the caller takes for the next answer.
            response.send();
        } else {
            response.send(answer.body());
        }
    }
}
