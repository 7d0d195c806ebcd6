package io.modelfleet.coordinator.catalog;

import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks registries for manifests, as Ollama does: {@code GET
 * /v2/<namespace>/<model>/manifests/<tag>}.
 *
 * <p>Only registries that the configuration names are contacted: an operator's model name must not
 * make the coordinator call arbitrary addresses of its network. Where such a registry redirects to
 * is the registry's choice and is followed.
 */
public final class RegistryClient implements AutoCloseable {
    /** The registries that Ollama users mean, by the host in a model's name. */
    public static final Map<String, URI> PUBLIC_REGISTRIES =
            Map.of(
                    ModelName.DEFAULT_HOST,
                    URI.create("https://registry.ollama.ai"),
                    "hf.co",
                    URI.create("https://hf.co"));

    /** Real manifests have a few kilobytes. */
    static final int LARGEST_MANIFEST = 4 * 1024 * 1024;

    private static final String MANIFEST_TYPE =
            "application/vnd.docker.distribution.manifest.v2+json";

    private final Map<String, String> registries = new HashMap<>();
    private final Duration timeout;
    private @Nullable HttpClient client;
    private boolean closed;

    /**
     * @param registries base address by the host in a model's name (with its port, if it has one)
     * @param timeout for one manifest, from the connection to the last byte
     * @throws IllegalArgumentException when an address is no HTTP address; the message is one
     *     sentence
     */
    public RegistryClient(Map<String, URI> registries, Duration timeout) {
        this.timeout = timeout;
        registries.forEach((host, base) -> this.registries.put(lower(host), checked(host, base)));
    }

    private static String checked(String host, URI base) {
        String scheme = base.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http
                || base.getHost() == null
                || base.getQuery() != null
                || base.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "The address of registry "
                            + host
                            + " must be an http or https URL, not \""
                            + base
                            + "\"");
        }
        String text = base.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * Asks for a model's manifest. The answer comes within the timeout and never as an exception;
     * it is completed on one of the HTTP client's threads.
     */
    public CompletableFuture<Lookup> fetch(ModelName name) {
        String base = registries.get(lower(name.host()));
        if (base == null) {
            return CompletableFuture.completedFuture(new Lookup.UnknownRegistry(name.host()));
        }
        HttpClient http = client();
        if (http == null) {
            return CompletableFuture.completedFuture(new Lookup.Unreachable("shutting down"));
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(
                        request(base, name),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_MANIFEST));
        // A request's own timeout ends with the headers; a body that stalls must not hang either.
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (response, error) -> {
                            if (error != null) {
                                exchange.cancel(true);
                                return new Lookup.Unreachable(reason(error));
                            }
                            return lookup(response);
                        });
    }

    private static HttpRequest request(String base, ModelName name) {
        // The grammar of names leaves nothing in these parts that a URL would have to escape.
        String path = "/v2/" + name.namespace() + "/" + name.model() + "/manifests/" + name.tag();
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", MANIFEST_TYPE)
                .header("User-Agent", "modelfleet")
                .GET()
                .build();
    }

    private static Lookup lookup(HttpResponse<byte[]> response) {
        if (response.statusCode() == 404) {
            return new Lookup.Missing();
        }
        if (response.statusCode() != 200) {
            return new Lookup.Unreachable("the registry answered " + response.statusCode());
        }
        try {
            return new Lookup.Found(Manifest.parse(response.body()));
        } catch (FleetException e) {
            return new Lookup.Unreachable(
                    "the registry's answer is no manifest: " + e.getMessage());
        }
    }

    private String reason(Throwable error) {
        @Nullable String message = null;
        boolean refused = false;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
                return "no answer within " + timeout.toMillis() + " ms";
            }
            if (cause instanceof UnresolvedAddressException) {
                return "its host name is not known";
            }
            refused |= cause instanceof ConnectException;
            if (!(cause instanceof CompletionException) && cause.getMessage() != null) {
                message = cause.getMessage();
            }
        }
        // The JDK's client tells nothing but the exception's type here.
        return refused && message == null
                ? "connection refused"
                : message == null ? error.getClass().getSimpleName() : message;
    }

    /** Made at the first use, because it starts a thread. */
    private synchronized @Nullable HttpClient client() {
        if (client == null && !closed) {
            client =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NORMAL)
                            .connectTimeout(timeout)
                            .build();
        }
        return closed ? null : client;
    }

    /** Ends what is under way; later questions are answered with {@link Lookup.Unreachable}. */
    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.shutdownNow();
            client = null;
        }
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
