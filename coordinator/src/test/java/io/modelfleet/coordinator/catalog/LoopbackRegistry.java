package io.modelfleet.coordinator.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry on loopback that serves manifests and misbehaves on command. */
public final class LoopbackRegistry implements AutoCloseable {
    /** How a path is answered. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile Answer otherwise = status(404);

    public LoopbackRegistry() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        accepted.add(exchange.getRequestHeaders().getFirst("Accept"));
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try (exchange) {
            answers.getOrDefault(path, otherwise).to(exchange);
        } finally {
            underWay.decrementAndGet();
        }
    }

    public URI uri() {
        return URI.create(
                "http://"
                        + server.getAddress().getAddress().getHostAddress()
                        + ":"
                        + server.getAddress().getPort());
    }

    /** A client that knows this registry as Ollama's library. */
    RegistryClient client(Duration timeout) {
        return new RegistryClient(Map.of(ModelName.DEFAULT_HOST, uri()), timeout);
    }

    /** Serves a manifest of two blobs with this many bytes together; answers its digest. */
    public Digest serve(String name, long bytes) {
        byte[] manifest = manifest(name, bytes);
        answer(name, bytes(200, manifest));
        return Digest.of(manifest);
    }

    public void answer(String name, Answer answer) {
        answers.put(path(name), answer);
    }

    /** Everything is answered like this, whatever was said about single models. */
    public void answerAll(Answer answer) {
        answers.clear();
        otherwise = answer;
    }

    int requests() {
        return requests.size();
    }

    long requests(String name) {
        return requests.stream().filter(path(name)::equals).count();
    }

    List<String> paths() {
        return requests;
    }

    List<String> accepted() {
        return accepted;
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    static String path(String name) {
        ModelName model = ModelName.parse(name);
        return "/v2/" + model.namespace() + "/" + model.model() + "/manifests/" + model.tag();
    }

    public static byte[] manifest(String name, long bytes) {
        String weights = Digest.of((name + bytes).getBytes(UTF_8)).toString();
        String config = Digest.of(name.getBytes(UTF_8)).toString();
        return """
               {"schemaVersion":2,
                "config":{"mediaType":"application/vnd.docker.container.image.v1+json","digest":"%s","size":487},
                "layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"%s","size":%d}]}
               """
                .formatted(config, weights, bytes - 487)
                .getBytes(UTF_8);
    }

    public static Answer status(int status) {
        return bytes(status, "{\"errors\":[]}".getBytes(UTF_8));
    }

    public static Answer bytes(int status, byte[] body) {
        return exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    /** No answer at all until the registry closes. */
    Answer silence() {
        return exchange -> awaitClosing();
    }

    /** Headers and the first bytes, then nothing. */
    Answer half() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"layers\":".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            awaitClosing();
        };
    }

    /** Waits for the gate before it answers. */
    static Answer behind(CountDownLatch gate, Answer answer) {
        return exchange -> {
            await(gate);
            answer.to(exchange);
        };
    }

    private void awaitClosing() {
        await(closing);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
