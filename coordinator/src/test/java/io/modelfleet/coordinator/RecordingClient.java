package io.modelfleet.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP client that keeps what it sent and what came back. */
final class RecordingClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final List<Exchange> record;

    RecordingClient(URI base, List<Exchange> record) {
        this.base = base;
        this.record = record;
    }

    Exchange get(String path) {
        return json("GET", path, null);
    }

    Exchange delete(String path) {
        return json("DELETE", path, null);
    }

    Exchange post(String path) {
        return json("POST", path, null);
    }

    Exchange post(String path, String body) {
        return json("POST", path, body);
    }

    Exchange put(String path, String body) {
        return json("PUT", path, body);
    }

    Exchange json(String method, String path, @Nullable String body) {
        return send(method, path, "application/json", body);
    }

    Exchange send(String method, String path, String contentType, @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            // A refused body is not sent at all: its answer cannot be lost while it is.
            request.header("Content-Type", contentType).expectContinue(body.length() > 100_000);
        }
        Exchange exchange = exchange(request.build(), path, body);
        record.add(exchange);
        return exchange;
    }

    private Exchange exchange(HttpRequest request, String path, @Nullable String body) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Exchange(
                    request.method(),
                    path,
                    body,
                    response.statusCode(),
                    response.headers()
                            .firstValue("Content-Type")
                            .map(type -> type.replaceFirst(";.*", ""))
                            .orElse(""),
                    response.headers().firstValue("Allow").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
