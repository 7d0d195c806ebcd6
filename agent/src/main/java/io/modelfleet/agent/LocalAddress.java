package io.modelfleet.agent;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Which of the machine's addresses leads to a peer. */
final class LocalAddress {
    private static final System.Logger LOG = System.getLogger(LocalAddress.class.getName());

    private LocalAddress() {}

    /**
     * The address that the system would send from. Nothing is sent: connecting a UDP socket only
     * asks the routing table. A peer whose name cannot be resolved now leaves loopback.
     */
    static InetAddress towards(URI peer) {
        InetSocketAddress target = new InetSocketAddress(bare(peer.getHost()), HttpUrl.port(peer));
        if (target.isUnresolved()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The coordinator''s host is unknown now, so 127.0.0.1 is advertised and listened on; name"
                            + " this machine''s address with --advertise-address and --host: host={0}",
                    peer.getHost());
            return InetAddress.getLoopbackAddress();
        }
        if (target.getAddress().isLoopbackAddress()) {
            return InetAddress.getLoopbackAddress();
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(target);
            return socket.getLocalAddress();
        } catch (IOException | java.io.UncheckedIOException noRoute) {
            return InetAddress.getLoopbackAddress();
        }
    }

    /** IPv6 addresses stand in brackets in URLs only. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
