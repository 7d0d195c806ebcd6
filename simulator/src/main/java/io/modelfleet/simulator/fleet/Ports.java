package io.modelfleet.simulator.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for programs that are killed and must find theirs free when they come back. */
public final class Ports {
    /** Below the range that Linux takes for outgoing connections, so that none of them takes it. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    private Ports() {}

    /** A port that nobody listens on now, at any of these literal addresses. */
    public static int free(String... addresses) {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        } while (!free(port, addresses));
        return port;
    }

    private static boolean free(int port, String... addresses) {
        for (String address : addresses) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
