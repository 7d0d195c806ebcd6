package io.modelfleet.simulator.ollama;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.wire.Faults;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code POST /api/pull}: a stream of lines, or one answer at the end. */
final class PullRoute {
    private final PullSequence sequence;
    private final Faults faults;
    private final Phaser active = new Phaser(1);

    PullRoute(PullSequence sequence, Faults faults) {
        this.sequence = sequence;
        this.faults = faults;
    }

    void handle(ServerRequest request, ServerResponse response) {
        Optional<ModelName> name;
        boolean insecure;
        boolean stream;
        try {
            RequestBody body = RequestBody.of(request, "PullRequest");
            name = OllamaRoutes.name(OllamaRoutes.modelOf(body));
            insecure = body.flag("insecure", false);
            stream = body.flag("stream", true);
        } catch (RequestBody.Refusal e) {
            Replies.error(response, Status.BAD_REQUEST_400, e.text());
            return;
        }
        if (name.isEmpty()) {
            Replies.error(response, Status.BAD_REQUEST_400, "invalid model name");
            return;
        }
        active.register();
        try {
            if (stream) {
                stream(name.get(), insecure, response);
            } else {
                answer(name.get(), insecure, response);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server stops", e);
        } finally {
            active.arriveAndDeregister();
        }
    }

    private void stream(ModelName name, boolean insecure, ServerResponse response)
            throws InterruptedException {
        response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
        try (OutputStream out = faults.guard(response.outputStream())) {
            try {
                sequence.run(name, insecure, line -> write(out, line));
            } catch (PullFailure e) {
                write(out, ProgressLine.error(e.text()));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the client has gone", e);
        }
    }

    private static void write(OutputStream out, ProgressLine line) {
        try {
            out.write(Json.write(line));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(ModelName name, boolean insecure, ServerResponse response)
            throws InterruptedException {
        try {
            sequence.run(name, insecure, line -> {});
            Replies.json(response, Status.OK_200, "application/json", Map.of("status", "success"));
        } catch (PullFailure e) {
            Replies.json(
                    response,
                    Status.INTERNAL_SERVER_ERROR_500,
                    "application/json",
                    Map.of("error", e.text()));
        } catch (IOException e) {
            throw new CloseConnectionException("the store failed", e);
        }
    }

    /** Waits for the pulls under way, which a stopped server interrupts. */
    void awaitEnd() throws InterruptedException {
        int phase = active.arrive();
        try {
            active.awaitAdvanceInterruptibly(phase, 10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a pull does not end", e);
        }
    }
}
