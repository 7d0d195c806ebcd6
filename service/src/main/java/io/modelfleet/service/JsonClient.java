package io.modelfleet.service;

import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * JSON over HTTP to a peer; every outcome is a {@link Reply}. Blocks its caller, so call it from a
 * virtual thread.
 */
public final class JsonClient implements AutoCloseable {
    private final HttpClient http;

    /**
     * @param connectTimeout for the connection alone; each call brings its own limit for the whole
     */
    public JsonClient(Duration connectTimeout) {
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(connectTimeout)
                        .build();
    }

    public Reply get(URI uri, Duration timeout) {
        return send(request(uri, timeout).GET().build());
    }

    public Reply delete(URI uri, Duration timeout) {
        return send(request(uri, timeout).DELETE().build());
    }

    /**
     * @param body a wire record
     */
    public Reply post(URI uri, Object body, Duration timeout) {
        return send(
                request(uri, timeout)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                        .build());
    }

    private static HttpRequest.Builder request(URI uri, Duration timeout) {
        return HttpRequest.newBuilder(uri).timeout(timeout).header("Accept-Language", "en");
    }

    /** Any other request; bring its own timeout. */
    public Reply send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() < 400
                    ? new Reply.Ok(response.statusCode(), response.body())
                    : refused(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Reply.Unreachable(
                    cause(e),
                    e instanceof ConnectException || e instanceof HttpConnectTimeoutException);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Unreachable("interrupted", false);
        }
    }

    private static Reply.Refused refused(int status, byte[] body) {
        try {
            Problem problem = Json.read(body, Problem.class);
            return new Reply.Refused(
                    status,
                    problem.error() == null ? "HTTP " + status : problem.error(),
                    problem.code() == null ? "" : problem.code());
        } catch (FleetException notJson) {
            String text =
                    new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).strip();
            return new Reply.Refused(status, text.isEmpty() ? "HTTP " + status : text, "");
        }
    }

    /**
     * The words that operators know from other tools; the JDK leaves most of these messages empty.
     */
    public static String cause(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException) {
                return "unknown host";
            }
        }
        if (e instanceof HttpTimeoutException) {
            return "timed out";
        }
        if (e instanceof ConnectException) {
            return "connection refused";
        }
        return e.getMessage() == null ? "connection lost" : e.getMessage().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
