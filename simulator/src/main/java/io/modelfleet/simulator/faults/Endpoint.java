package io.modelfleet.simulator.faults;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Where a program listens.
 *
 * @param address a literal one, such as {@code 127.0.0.1}
 */
record Endpoint(String address, int port) {
    InetSocketAddress socket() {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    URI url() {
        return URI.create("http://" + address + ":" + port);
    }

    static Endpoint of(URI url) {
        return new Endpoint(url.getHost(), url.getPort());
    }
}
