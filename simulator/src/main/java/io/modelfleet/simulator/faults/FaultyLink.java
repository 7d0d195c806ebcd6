package io.modelfleet.simulator.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a network between two programs: it listens where the caller calls, and passes
 * HTTP requests on to where the other really listens, in good and in bad weather.
 */
final class FaultyLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FaultyLink.class.getName());

    /** Small, so that few bytes are on their way when a connection is cut. */
    private static final int SOCKET_BUFFER = 64 * 1024;

    private final String name;
    private final Endpoint address;
    private final Endpoint target;
    private final LinkTraffic traffic = new LinkTraffic();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger held = new AtomicInteger();
    private final Random random = new Random();
    private @Nullable ServerSocket server;
    private @Nullable ExecutorService accepting;
    private @Nullable Weather weather;
    private boolean targetRuns = true;
    private boolean closed = true;
    private long passed;

    /**
     * @param name for schedules and logs, such as {@code agent-1 to coordinator}
     * @param address where callers call
     * @param target where the other listens
     */
    FaultyLink(String name, Endpoint address, Endpoint target) {
        this.name = name;
        this.address = address;
        this.target = target;
    }

    /**
     * @throws UncheckedIOException when the address is taken
     */
    synchronized void start() {
        closed = false;
        listenOrNot();
    }

    /** Where callers call. */
    URI url() {
        return address.url();
    }

    /** What becomes of requests from now on. */
    synchronized void weather(Weather next) {
        weather = next;
        listenOrNot();
        notifyAll();
    }

    /** Good weather; what was held passes, and what was silent ends. */
    synchronized void clear() {
        weather = null;
        listenOrNot();
        notifyAll();
    }

    synchronized boolean isClear() {
        return weather == null;
    }

    /** Makes what falls to chance repeatable. */
    void seed(long seed) {
        random.setSeed(seed);
    }

    /** Whether something listens at the other end: if not, callers here are refused too. */
    synchronized void targetRuns(boolean runs) {
        targetRuns = runs;
        listenOrNot();
    }

    private void listenOrNot() {
        boolean refused = weather != null && weather.fault() == NetworkFault.REFUSE;
        if (targetRuns && !refused && !closed) {
            listen();
        } else {
            stopListening();
        }
    }

    private void listen() {
        if (server != null) {
            return;
        }
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReceiveBufferSize(SOCKET_BUFFER);
            listening.bind(address.socket());
            server = listening;
            accepting = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name).factory());
            accepting.execute(() -> accept(listening));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot listen on " + address, e);
        }
    }

    private void stopListening() {
        if (server != null && accepting != null) {
            closeQuietly(server);
            // Until the thread that accepts has left, the system goes on to accept callers.
            accepting.close();
            server = null;
            accepting = null;
        }
        open.forEach(FaultyLink::closeQuietly);
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                client.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
                client.setTcpNoDelay(true);
                open.add(client);
                LinkConnection connection = new LinkConnection(this, client);
                Thread.ofVirtual().name(name + " connection").start(connection);
            } catch (IOException gone) {
                // the listener was closed, or the caller went before it was met
            }
        }
    }

    /** A connection to the other end, which ends when the link is refused. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setReceiveBufferSize(SOCKET_BUFFER);
        socket.connect(target.socket());
        return socket;
    }

    void ended(Socket client) {
        open.remove(client);
        closeQuietly(client);
    }

    private static void closeQuietly(Closeable closing) {
        try {
            closing.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "already gone", e);
        }
    }

    /** What happens to the next request; it counts as passed. */
    synchronized Optional<NetworkFault> next() {
        passed++;
        notifyAll();
        Weather now = weather;
        if (now == null || random.nextDouble() >= now.share()) {
            return Optional.empty();
        }
        traffic.met(now.fault());
        return Optional.of(now.fault());
    }

    /** A number by chance, 0 to below the bound. */
    synchronized long chance(long bound) {
        return random.nextLong(bound);
    }

    /** Holds a request for so long, or until the weather clears. */
    void hold(Duration most) throws InterruptedException {
        holdUntilPassed(Long.MAX_VALUE, most);
    }

    /** Holds a request until this many later ones have passed, for so long at most. */
    void holdUntilPassed(long later, Duration most) throws InterruptedException {
        held.incrementAndGet();
        try {
            await(later, System.nanoTime() + most.toNanos());
        } finally {
            held.decrementAndGet();
        }
    }

    private synchronized void await(long later, long deadline) throws InterruptedException {
        long start = passed;
        while (weather != null && !closed && passed - start < later) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Whether no request is held back any more. */
    boolean idle() {
        return held.get() == 0;
    }

    LinkTraffic traffic() {
        return traffic;
    }

    @Override
    public synchronized void close() {
        closed = true;
        weather = null;
        listenOrNot();
        notifyAll();
    }

    @Override
    public String toString() {
        return name;
    }
}
