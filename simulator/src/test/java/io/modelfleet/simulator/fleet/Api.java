package io.modelfleet.simulator.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A person with curl: text in, tree out. */
final class Api implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    /** What came back. */
    record Result(int status, JsonNode body) {}

    Api(URI base) {
        this.base = base;
    }

    Result get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    Result post(String path, String body) {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Result delete(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).DELETE());
    }

    private Result send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Result(response.statusCode(), Json.mapper().readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
