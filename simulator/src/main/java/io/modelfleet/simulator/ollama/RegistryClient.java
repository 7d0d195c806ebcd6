package io.modelfleet.simulator.ollama;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Talks to registries as Ollama does, and fails in its words. */
final class RegistryClient implements AutoCloseable {
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private final URI standard;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    /**
     * @param standard what stands for {@code https://registry.ollama.ai}
     */
    RegistryClient(URI standard) {
        this.standard = standard;
    }

    /** Where a model comes from, and what Ollama would call that place. */
    record Source(URI base, String shown, ModelName name, boolean plain) {
        private String blob(Digest digest) {
            return path() + "/blobs/" + digest;
        }

        private String path() {
            return "/v2/" + name.namespace() + "/" + name.model();
        }
    }

    Source source(ModelName name, boolean insecure) {
        boolean known = name.host().equalsIgnoreCase(ModelName.DEFAULT_HOST);
        URI base = known ? standard : URI.create("http://" + name.host());
        String scheme = insecure && !known ? "http://" : "https://";
        return new Source(base, scheme + name.host(), name, insecure || known);
    }

    byte[] manifest(Source source) throws PullFailure, InterruptedException {
        String path = source.path() + "/manifests/" + source.name.tag();
        HttpResponse<byte[]> answer =
                send("GET", source, path, HttpResponse.BodyHandlers.ofByteArray());
        if (!source.plain) {
            throw new PullFailure(
                    quoted("GET", source.shown + path)
                            + "http: server gave HTTP response to HTTPS client");
        }
        refuseErrors(answer.statusCode(), answer.body());
        return answer.body();
    }

    /** Bytes of a blob. */
    long size(Source source, Digest digest) throws PullFailure, InterruptedException {
        HttpResponse<byte[]> answer =
                send("HEAD", source, source.blob(digest), HttpResponse.BodyHandlers.ofByteArray());
        refuseErrors(answer.statusCode(), new byte[0]);
        return answer.headers().firstValueAsLong("Content-Length").orElse(0);
    }

    /**
     * Where the registry sends us for the bytes: it has to be another host.
     *
     * @return empty when it is worth asking again
     * @throws PullFailure for an answer that Ollama does not take
     */
    Optional<URI> location(Source source, Digest digest) throws PullFailure, InterruptedException {
        HttpResponse<InputStream> answer;
        try {
            answer =
                    send(
                            "GET",
                            source,
                            source.blob(digest),
                            HttpResponse.BodyHandlers.ofInputStream());
        } catch (PullFailure e) {
            return Optional.empty();
        }
        close(answer.body());
        int status = answer.statusCode();
        if (status >= 400) {
            return Optional.empty();
        }
        if (status != 307 && status != 200) {
            throw new PullFailure("unexpected status code " + status);
        }
        String location =
                answer.headers()
                        .firstValue("Location")
                        .orElseThrow(() -> new PullFailure("http: no Location header in response"));
        return Optional.of(source.base.resolve(location));
    }

    /** Opens a range; the stream ends early when the connection breaks. */
    InputStream range(URI location, long from, long to) throws PullFailure, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(location)
                        .header("Range", "bytes=" + from + "-" + to)
                        .build();
        try {
            HttpResponse<InputStream> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 206) {
                // Ollama takes any body for bytes and notices that it is too short.
                close(answer.body());
                throw new PullFailure("EOF");
            }
            return answer.body();
        } catch (IOException e) {
            throw failure("GET", location.toString(), location, e);
        }
    }

    private <T> HttpResponse<T> send(
            String method, Source source, String path, HttpResponse.BodyHandler<T> body)
            throws PullFailure, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(source.base + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Accept", MANIFEST)
                        .build();
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw failure(method, source.shown + path, source.base, e);
        }
    }

    private static void refuseErrors(int status, byte[] body) throws PullFailure {
        if (status == 404) {
            throw new PullFailure("file does not exist");
        }
        if (status >= 400) {
            throw new PullFailure(status + ": " + new String(body, StandardCharsets.UTF_8));
        }
    }

    private static PullFailure failure(String method, String url, URI address, IOException e) {
        if (e instanceof ConnectException) {
            return new PullFailure(
                    quoted(method, url)
                            + "dial tcp "
                            + address.getAuthority()
                            + ": connect: connection refused");
        }
        return new PullFailure(quoted(method, url) + "EOF");
    }

    /** {@code Get "http://…": }, as Go begins its network errors. */
    private static String quoted(String method, String url) {
        String verb = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
        return verb + " \"" + url + "\": ";
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Nothing was wanted of it.
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
