package io.modelfleet.service;

import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
        return send(uri, timeout, HttpRequest.Builder::GET);
    }

    public Reply delete(URI uri, Duration timeout) {
        return send(uri, timeout, HttpRequest.Builder::DELETE);
    }

    /**
     * @param body a wire record; some servers want one with a DELETE
     */
    public Reply delete(URI uri, Object body, Duration timeout) {
        byte[] json = Json.write(body);
        return send(
                uri,
                timeout,
                request ->
                        request.header("Content-Type", "application/json")
                                .method("DELETE", HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    /**
     * @param body a wire record
     */
    public Reply post(URI uri, Object body, Duration timeout) {
        byte[] json = Json.write(body);
        return send(
                uri,
                timeout,
                request ->
                        request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
    }

    private Reply send(
            URI uri, Duration timeout, UnaryOperator<HttpRequest.Builder> methodAndBody) {
        HttpRequest request;
        try {
            request =
                    methodAndBody
                            .apply(HttpRequest.newBuilder(uri).header("Accept-Language", "en"))
                            .build();
        } catch (IllegalArgumentException noHttpAddress) {
            return new Reply.Unreachable("invalid address", true);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            // The limit that a request itself can carry ends with the answer's head: a peer that
            // stalls in the body would hold its caller for ever.
            HttpResponse<byte[]> response = exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return response.statusCode() < 400
                    ? new Reply.Ok(response.statusCode(), response.body())
                    : refused(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Reply.Unreachable("timed out", false);
        } catch (ExecutionException e) {
            return unreachable(e.getCause());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Unreachable("interrupted", false);
        }
    }

    private static Reply unreachable(@Nullable Throwable failure) {
        if (failure instanceof IOException e) {
            return new Reply.Unreachable(
                    cause(e),
                    e instanceof ConnectException || e instanceof HttpConnectTimeoutException);
        }
        throw new IllegalStateException("an HTTP client fails with IOException alone", failure);
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
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoRouteToHostException) {
                return "no route to host";
            }
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
