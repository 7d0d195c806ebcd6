package io.modelfleet.agent;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/** Which of the machine's addresses leads to a peer. */
final class LocalAddress {
    private LocalAddress() {}

    /**
     * The address that the system would send from; none while the peer's name is unknown or no
     * network leads there. Nothing is sent: connecting a UDP socket only asks the routing table.
     */
    static Optional<InetAddress> towards(URI peer) {
        InetSocketAddress target = new InetSocketAddress(bare(peer.getHost()), HttpUrl.port(peer));
        if (target.isUnresolved()) {
            return Optional.empty();
        }
        if (target.getAddress().isLoopbackAddress()) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(target);
            InetAddress address = socket.getLocalAddress();
            return address.isAnyLocalAddress() ? Optional.empty() : Optional.of(address);
        } catch (IOException | java.io.UncheckedIOException noRoute) {
            return Optional.empty();
        }
    }

    /** IPv6 addresses stand in brackets in URLs only. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
