package io.modelfleet.simulator.wire;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A web server on 127.0.0.1 that can stop listening and come back on the same port, as a process
 * does that is stopped and started again.
 */
public final class Listener implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Consumer<HttpRouting.Builder> routes;
    private int port;
    private @Nullable WebServer server;

    public Listener(Consumer<HttpRouting.Builder> routes) {
        this.routes = routes;
    }

    /**
     * Starts to listen.
     *
     * @param wanted the port, 0 for any free one
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public synchronized void start(int wanted) {
        if (server != null) {
            throw new IllegalStateException("already listening on port " + port);
        }
        server =
                WebServer.builder()
                        .host(HOST)
                        .port(wanted)
                        .shutdownHook(false)
                        .shutdownGracePeriod(Duration.ZERO)
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .routing(routes)
                        .build()
                        .start();
        port = server.port();
    }

    /** Stops listening and drops every connection; {@link #accept} undoes it. */
    public synchronized void refuse() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    /** Listens again on the port of the first start. */
    public synchronized void accept() {
        if (server == null) {
            start(port);
        }
    }

    /** The port, the same after {@link #refuse}. */
    public synchronized int port() {
        return port;
    }

    /** Where clients connect to, without a slash at the end. */
    public URI url() {
        return URI.create("http://" + HOST + ":" + port());
    }

    @Override
    public void close() {
        refuse();
    }
}
