package io.modelfleet.simulator.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A person with curl: text in, tree out. A call that gets no answer within the limit throws {@link
 * UncheckedIOException}: whether it was heard is not known.
 */
public final class Api implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
    private final URI base;
    private final Duration limit;

    /**
     * What came back.
     *
     * @param body a missing node when the answer had none
     */
    public record Result(int status, JsonNode body) {
        /** Whether the call did what was asked. */
        public boolean ok() {
            return status < 300;
        }
    }

    public Api(URI base) {
        this(base, USUAL_LIMIT);
    }

    /**
     * @param limit for each answer's beginning
     */
    public Api(URI base, Duration limit) {
        this.base = base;
        this.limit = limit;
    }

    public Result get(String path) {
        return send(path, HttpRequest.newBuilder().GET());
    }

    public Result post(String path, String body) {
        return send(path, json("POST", body));
    }

    public Result put(String path, String body) {
        return send(path, json("PUT", body));
    }

    public Result delete(String path) {
        return send(path, HttpRequest.newBuilder().DELETE());
    }

    /** As Ollama wants it. */
    public Result delete(String path, String body) {
        return send(path, json("DELETE", body));
    }

    private static HttpRequest.Builder json(String method, String body) {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private Result send(String path, HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request.uri(base.resolve(path)).timeout(limit).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
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
