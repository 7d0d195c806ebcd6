package io.modelfleet.service;

import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
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
    private final RequestObserver observer;
    private @Nullable WebServer server;

    /**
     * @param host address or name to listen on
     * @param port 1 to 65535, or 0 for any free one
     * @param maxBody bytes that a request's body may have
     */
    public JsonServer(String host, int port, int maxBody, List<Route> routes) {
        this(host, port, maxBody, routes, (method, path, status, nanos) -> {});
    }

    /**
     * @param observer is told of each answer but those to malformed HTTP
     */
    public JsonServer(
            String host, int port, int maxBody, List<Route> routes, RequestObserver observer) {
        this.host = host;
        this.port = port;
        this.maxBody = maxBody;
        this.routes = List.copyOf(routes);
        this.observer = observer;
    }

    /**
     * Begins to listen.
     *
     * @throws StartException when the port is taken or the address is not this machine's
     */
    public void start() {
        requireFree();
        WebServer starting =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .protocolsDiscoverServices(false)
                        .addProtocol(protocol())
                        .shutdownHook(false)
                        .shutdownGracePeriod(GRACE)
                        .directHandlers(TransportRefusals.handlers())
                        .addRouting(routing())
                        .build();
        server = starting.start();
        if (!server.isRunning()) {
            throw new StartException("cannot listen on " + host + ":" + port);
        }
    }

    /**
     * Helidon 4.1 refuses the colon in a query, which RFC 3986 allows and every model name has;
     * {@link Call} refuses what cannot be decoded.
     */
    private static Http1Config protocol() {
        return Http1Config.builder().validatePrologue(false).build();
    }

    /** Helidon only logs that it cannot listen, and returns as if it did. */
    private void requireFree() {
        try (ServerSocket probe = new ServerSocket()) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new StartException("host " + host + " is not known");
            }
            probe.setReuseAddress(true);
            probe.bind(address);
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
                    methods(route),
                    PathMatchers.create(route.path()),
                    observed(
                            route.method(),
                            route.path(),
                            (request, response) -> serve(route.handler(), request, response)));
        }
        methodsByPath()
                .forEach(
                        (path, methods) ->
                                routing.any(
                                        path,
                                        observed(
                                                "ANY",
                                                path,
                                                (request, response) -> {
                                                    response.header(HeaderNames.ALLOW, methods);
                                                    Responses.refuse(
                                                            request,
                                                            response,
                                                            wrongMethod(request, methods));
                                                })));
        routing.any(
                observed(
                        "ANY",
                        RequestObserver.NO_ROUTE,
                        (request, response) ->
                                Responses.refuse(
                                        request,
                                        response,
                                        FleetException.of(
                                                ErrorCode.NOT_FOUND, request.path().path()))));
        // Not reached by handlers, which answer their own failures: the server's own complaints
        // about a request.
        routing.error(Throwable.class, JsonServer::refuseUnexpected);
        return routing;
    }

    private Handler observed(String method, String path, Handler handler) {
        return (request, response) -> {
            long begin = System.nanoTime();
            handler.handle(request, response);
            observer.answered(method, path, response.status().code(), System.nanoTime() - begin);
        };
    }

    /** Whoever may GET may ask for the head alone, as load balancers do. */
    private static Predicate<Method> methods(Route route) {
        Method method = Method.create(route.method());
        return method.equals(Method.GET)
                ? Method.predicate(Method.GET, Method.HEAD)
                : Method.predicate(method);
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
        if (request.headers().contentLength().orElse(0) < 0) {
            // Helidon takes -1 for chunked and waits for a chunk.
            Responses.refuseMalformed(request, response);
        }
        Call call = new Call(request, maxBody);
        Answer answer;
        try {
            answer = handler.handle(call);
        } catch (FleetException refusal) {
            Responses.refuse(request, response, refusal);
            return;
        } catch (CloseConnectionException callerIsGone) {
            throw callerIsGone;
        } catch (RequestException | BadRequestException malformedBody) {
            // Helidon's own handling would go on reading the body, and wait.
            Responses.refuseMalformed(request, response);
            return;
        } catch (RuntimeException bug) {
            refuseUnexpected(request, response, bug);
            return;
        }
        Responses.send(request, response, answer);
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
        Responses.refuse(request, response, FleetException.of(ErrorCode.INTERNAL));
    }
}
