package io.modelfleet.console.client;

import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request, one {@link Reply}: whatever comes back, or does not. */
final class Exchange implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** A coordinator that needs longer is as good as gone to someone who watches a window. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final int SHOWN_OF_NONSENSE = 120;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
    private final URI base;
    private final @Nullable String token;
    private final Supplier<Locale> language;

    /** Turns a body into a value. */
    interface Reader<T> {
        /**
         * @throws FleetException when the body is something else
         */
        T read(byte[] body);
    }

    Exchange(URI base, @Nullable String token, Supplier<Locale> language) {
        this.base = base;
        this.token = token;
        this.language = language;
    }

    <T> Reply<T> get(String path, Reader<T> reader) {
        return send("GET", path, null, reader);
    }

    <T> Reply<T> send(String method, String path, byte @Nullable [] body, Reader<T> reader) {
        try {
            HttpResponse<byte[]> answer =
                    client.send(
                            request(method, path, body), HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() / 100 == 2 ? value(answer, reader) : refusal(answer);
        } catch (IllegalArgumentException e) {
            return unreachable(Reply.Cause.BAD_ADDRESS, e);
        } catch (IOException e) {
            return unreachable(cause(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable(Reply.Cause.BROKEN, e);
        }
    }

    private HttpRequest request(String method, String path, byte @Nullable [] body) {
        String address = base.toString();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        (address.endsWith("/")
                                                        ? address.substring(0, address.length() - 1)
                                                        : address)
                                                + path))
                        .timeout(ANSWER)
                        .header("Accept", "application/json")
                        .header("Accept-Language", language.get().toLanguageTag());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            return request.method(method, BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
    }

    private static <T> Reply<T> value(HttpResponse<byte[]> answer, Reader<T> reader) {
        try {
            return new Reply.Ok<>(Shape.complete(reader.read(answer.body())));
        } catch (FleetException e) {
            return new Reply.Unreachable<>(
                    Reply.Cause.NOT_A_COORDINATOR, e.getMessage() + ": " + start(answer.body()));
        }
    }

    private static <T> Reply<T> refusal(HttpResponse<byte[]> answer) {
        Problem problem;
        try {
            problem = Shape.complete(Json.read(answer.body(), Problem.class));
        } catch (FleetException e) {
            return noCoordinator(answer);
        }
        return new Reply.Refused<>(answer.statusCode(), problem.code(), problem.error());
    }

    private static <T> Reply<T> noCoordinator(HttpResponse<byte[]> answer) {
        return new Reply.Unreachable<>(
                Reply.Cause.NOT_A_COORDINATOR,
                "HTTP " + answer.statusCode() + ": " + start(answer.body()));
    }

    private static String start(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
        return text.length() <= SHOWN_OF_NONSENSE
                ? text
                : text.substring(0, SHOWN_OF_NONSENSE) + "…";
    }

    private static Reply.Cause cause(IOException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof UnknownHostException || e instanceof UnresolvedAddressException) {
                return Reply.Cause.UNKNOWN_HOST;
            }
            if (e instanceof HttpTimeoutException) {
                return Reply.Cause.TIMEOUT;
            }
            if (e instanceof SSLException) {
                return Reply.Cause.TLS;
            }
        }
        return failure instanceof ConnectException
                ? Reply.Cause.CONNECTION_REFUSED
                : Reply.Cause.BROKEN;
    }

    private static <T> Reply<T> unreachable(Reply.Cause cause, Throwable e) {
        return new Reply.Unreachable<>(
                cause, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
