package io.modelfleet.agent;

import io.modelfleet.agent.link.NodeFacts;
import io.modelfleet.service.JsonServer;
import io.modelfleet.service.Route;
import io.modelfleet.service.StartException;
import io.modelfleet.service.Version;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where this agent is: its own API listens on the machine's address towards the coordinator, and
 * moves with the machine from network to network. Thread-safe.
 */
final class Whereabouts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Whereabouts.class.getName());
    private static final int MAX_BODY = 64 * 1024;

    private final AgentConfig config;
    private final Supplier<URI> coordinator;
    private final Function<URI, Optional<InetAddress>> towards;
    private final List<Route> routes;
    private InetAddress address = InetAddress.getLoopbackAddress();
    private @Nullable JsonServer server;
    private String listening = "";
    private String complaint = "";

    /**
     * @param coordinator the address that is in use
     * @param towards the machine's address towards a peer, when one is known
     */
    Whereabouts(
            AgentConfig config,
            Supplier<URI> coordinator,
            Function<URI, Optional<InetAddress>> towards,
            List<Route> routes) {
        this.config = config;
        this.coordinator = coordinator;
        this.towards = towards;
        this.routes = routes;
    }

    /**
     * Begins to listen.
     *
     * @throws StartException when the port cannot be had
     */
    synchronized void open() {
        URI peer = coordinator.get();
        Optional<InetAddress> now = towards.apply(peer);
        if (now.isEmpty() && (config.apiHost() == null || config.advertiseAddress() == null)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No way to "
                            + peer.getHost()
                            + " is known now, so 127.0.0.1 is advertised and listened on until one"
                            + " is; --advertise-address and --host name an address for good");
        }
        now.ifPresent(found -> address = found);
        server = started(host(), config.apiPort());
        listening = host();
    }

    private JsonServer started(String host, int port) {
        JsonServer starting = new JsonServer(host, port, MAX_BODY, routes);
        starting.start();
        return starting;
    }

    private String host() {
        return config.apiHost() == null ? address.getHostAddress() : config.apiHost();
    }

    /** The port of the agent's own API, once it is open. */
    synchronized int port() {
        return server == null ? 0 : server.port();
    }

    /** Looks where the machine is now, and follows it. */
    synchronized NodeFacts facts() {
        towards.apply(coordinator.get()).ifPresent(now -> address = now);
        follow();
        return new NodeFacts(
                config.name(),
                config.advertiseAddress() == null
                        ? address.getHostAddress()
                        : config.advertiseAddress(),
                HttpUrl.port(config.ollamaUrl()),
                port(),
                Version.of(Agent.class));
    }

    private void follow() {
        JsonServer old = server;
        String next = host();
        if (old == null || next.equals(listening)) {
            return;
        }
        try {
            server = started(next, old.port());
        } catch (StartException notYet) {
            if (!next.equals(complaint)) {
                complaint = next;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Cannot listen on the new address yet: " + notYet.getMessage());
            }
            return;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "The machine's address changed: from=" + listening + ", to=" + next);
        listening = next;
        complaint = "";
        old.close();
    }

    @Override
    public synchronized void close() {
        JsonServer open = server;
        server = null;
        if (open != null) {
            open.close();
        }
    }
}
