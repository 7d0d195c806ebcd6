package io.modelfleet.service;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server over a table of {@link Route}s in which every answer, an error's too, is the
 * contract's: wrong method, unknown path, malformed HTTP, oversized body and bugs included.
 */
public final class JsonServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JsonServer.class.getName());

    /** Requests in flight may finish within this time when the server stops. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String host;
    private final int port;
    private final int maxBody;
    private final List<Route> routes;
    private @Nullable WebServer server;

    /**
     * @param host address or name to listen on
     * @param port 1 to 65535, or 0 for any free one
     * @param maxBody bytes that a request's body may have
     */
    public JsonServer(String host, int port, int maxBody, List<Route> routes) {
        this.host = host;
        this.port = port;
        this.maxBody = maxBody;
        this.routes = List.copyOf(routes);
    }

    /**
     * Begins to listen.
     *
     * @throws StartException when the port is taken or the address is not this machine's
     */
    public void start() {
        WebServer starting =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .shutdownHook(false)
                        .protocolsDiscoverServices(false)
                        .addProtocol(protocol())
                        .shutdownGracePeriod(GRACE)
                        .directHandlers(directHandlers())
                        .addRouting(routing())
                        .build();
        // Helidon logs a failed start with its stack and returns as if nothing had happened.
        tryAddress();
        starting.start();
        if (!starting.isRunning()) {
            throw new StartException("cannot listen on " + host + ":" + port);
        }
        server = starting;
    }

    /**
     * Helidon 4.1 refuses the colon in a query, which RFC 3986 allows and every model name has;
     * {@link Call} refuses what cannot be decoded.
     */
    private static Http1Config protocol() {
        return Http1Config.builder().validatePrologue(false).build();
    }

    private void tryAddress() {
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new StartException(
                    "port " + port + " on " + host + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The port that is listened on. */
    public int port() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.port();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
    }

    private HttpRouting.Builder routing() {
        HttpRouting.Builder routing = HttpRouting.builder();
        for (Route route : routes) {
            routing.route(
                    Method.create(route.method()),
                    route.path(),
                    (request, response) -> serve(route.handler(), request, response));
        }
        methodsByPath()
                .forEach(
                        (path, methods) ->
                                routing.any(
                                        path,
                                        (request, response) -> {
                                            response.header(HeaderNames.ALLOW, methods);
                                            refuse(
                                                    request,
                                                    response,
                                                    wrongMethod(request, methods));
                                        }));
        routing.any(
                (request, response) ->
                        refuse(
                                request,
                                response,
                                FleetException.of(ErrorCode.NOT_FOUND, request.path().path())));
        // Not reached by handlers, which answer their own failures: the server's own complaints
        // about a request.
        routing.error(Throwable.class, JsonServer::refuseUnexpected);
        return routing;
    }

    private Map<String, String> methodsByPath() {
        return routes.stream()
                .collect(
                        Collectors.groupingBy(
                                Route::path,
                                LinkedHashMap::new,
                                Collectors.mapping(
                                        Route::method,
                                        Collectors.collectingAndThen(
                                                Collectors.toCollection(TreeSet::new),
                                                methods -> String.join(", ", methods)))));
    }

    private static FleetException wrongMethod(ServerRequest request, String allowed) {
        return FleetException.of(
                ErrorCode.METHOD_NOT_ALLOWED, request.prologue().method().text(), allowed);
    }

    private void serve(Route.Handler handler, ServerRequest request, ServerResponse response) {
        Call call = new Call(request, maxBody);
        Answer answer;
        try {
            answer = handler.handle(call);
        } catch (FleetException refusal) {
            refuse(request, response, refusal);
            return;
        } catch (RuntimeException bug) {
            refuseUnexpected(request, response, bug);
            return;
        }
        send(response, answer);
    }

    private static void refuseUnexpected(
            ServerRequest request, ServerResponse response, Throwable failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                "Failed to answer "
                        + request.prologue().method().text()
                        + " "
                        + request.path().path(),
                failure);
        refuse(request, response, FleetException.of(ErrorCode.INTERNAL));
    }

    private static void refuse(
            ServerRequest request, ServerResponse response, FleetException refusal) {
        if (refusal.code() == ErrorCode.PAYLOAD_TOO_LARGE) {
            // Of an endless body some is still unread.
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        Locale locale =
                Call.locale(request.headers().first(HeaderNames.ACCEPT_LANGUAGE).orElse(""));
        send(response, Answer.json(refusal.code().status(), refusal.problem(locale)));
    }

    private static void send(ServerResponse response, Answer answer) {
        response.status(Status.create(answer.status()));
        if (answer.body().length == 0) {
            response.send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(answer.body());
    }

    /** Answers for requests that never reach the routing, because they are no proper HTTP. */
    private static DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type, (request, event, status, headers, message) -> direct(status, headers));
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse direct(
            Status status, ServerResponseHeaders headers) {
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
                .entity(Json.write(refusal.problem(Locale.JAPANESE)))
                .build();
    }
}
