package io.modelfleet.console.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Answers on loopback as a coordinator would, with what a test gave it, and remembers what it was
 * asked.
 */
public final class FleetServer implements AutoCloseable {
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable HttpServer server;
    private volatile Changes changes = Fleets.full(1, List.of(), List.of(), List.of());
    private int port;

    /** What came in. */
    public record Request(
            String method, String target, @Nullable String token, String language, String body) {
        /** {@code POST /api/tasks/…/cancel}. */
        public String line() {
            return method + " " + target;
        }
    }

    /** What goes out. */
    public record Answer(int status, String type, String body) {
        public static Answer json(int status, Object body) {
            return new Answer(
                    status,
                    "application/json",
                    new String(Json.write(body), StandardCharsets.UTF_8));
        }

        public static Answer problem(int status, String code, String error) {
            return json(status, new Problem(error, code));
        }
    }

    /** Starts, on the port of the last time where there was one. */
    public FleetServer start() {
        try {
            HttpServer started =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            started.createContext("/", this::handle);
            started.setExecutor(threads);
            started.start();
            port = started.getAddress().getPort();
            server = started;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes away, as a coordinator that is stopped. */
    public void stop() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
            server = null;
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What {@code /api/changes} tells whoever does not hold this version yet. */
    public FleetServer changes(Changes next) {
        changes = next;
        return this;
    }

    /**
     * @param line method and path, such as {@code POST /api/models/distribute}; {@code GET
     *     /api/changes} replaces the changes
     */
    public FleetServer answer(String line, Answer answer) {
        answers.put(line, answer);
        return this;
    }

    /** Takes an answer away again. */
    public void forget(String line) {
        answers.remove(line);
    }

    /** All requests but the polls, in order. */
    public List<Request> requests() {
        return requests.stream()
                .filter(request -> !request.target().startsWith("/api/changes"))
                .toList();
    }

    public List<Request> polls() {
        return requests.stream()
                .filter(request -> request.target().startsWith("/api/changes"))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            requests.add(
                    new Request(
                            method,
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            String.valueOf(
                                    exchange.getRequestHeaders().getFirst("Accept-Language")),
                            body));
            Answer answer = answers.get(method + " " + path);
            if (answer == null) {
                answer =
                        path.equals("/api/changes")
                                ? changes(exchange.getRequestURI().getQuery())
                                : Answer.problem(404, "NOT_FOUND", "no such path: " + path);
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer changes(String query) {
        Changes now = changes;
        boolean known = query.equals("since=" + now.version());
        return Answer.json(
                200,
                known
                        ? new Changes(
                                now.version(), false, List.of(), List.of(), List.of(), List.of())
                        : now);
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
