package io.modelfleet.agent.ollama;

import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.service.JsonClient;
import io.modelfleet.service.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ollama's HTTP API; every outcome is a value. Calls block. */
public final class OllamaClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Ollama answers these from memory or small files; a longer wait would delay heartbeats. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    /** Deleting a big model's blobs takes its time on slow disks. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final URI base;
    private final JsonClient json = new JsonClient(CONNECT);
    private final HttpClient streams =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();

    /**
     * @param base such as {@code http://127.0.0.1:11434}
     */
    public OllamaClient(URI base) {
        this.base = URI.create(base.toString().replaceFirst("/+$", "") + "/");
    }

    /** Ollama's version, such as {@code 0.33.0}. */
    public OllamaReply<String> version() {
        return read(json.get(base.resolve("api/version"), SHORT), Version.class, Version::text);
    }

    /** The models that this Ollama holds with their weights. */
    public OllamaReply<List<InstalledModel>> tags() {
        return read(json.get(base.resolve("api/tags"), SHORT), Listed.class, Listed::installed);
    }

    /** The models in memory. */
    public OllamaReply<List<ModelName>> ps() {
        return read(json.get(base.resolve("api/ps"), SHORT), Listed.class, Listed::names);
    }

    /** Deletes a model; {@link OllamaReply.Refused} with status 404 when it was not there. */
    public OllamaReply<ModelName> delete(ModelName model) {
        Reply reply = json.delete(base.resolve("api/delete"), new DeleteRequest(model), LONG);
        return switch (reply) {
            case Reply.Ok ignored -> new OllamaReply.Ok<>(model);
            case Reply.Refused refused ->
                    new OllamaReply.Refused<>(refused.status(), refused.text());
            case Reply.Unreachable gone -> new OllamaReply.Unreachable<>(gone.cause());
        };
    }

    /**
     * Prepares a pull.
     *
     * @param insecure whether the registry may be asked over plain HTTP
     * @param silence how long Ollama may send nothing, which it does while it verifies a big blob
     */
    public PullCall pull(ModelName model, boolean insecure, Duration silence) {
        return new PullCall(streams, pullRequest(new PullRequest(model, insecure, true)), silence);
    }

    private HttpRequest pullRequest(PullRequest body) {
        return HttpRequest.newBuilder(base.resolve("api/pull"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(body)))
                .build();
    }

    private static <D, T> OllamaReply<T> read(
            Reply reply, Class<D> document, Function<D, T> value) {
        return switch (reply) {
            case Reply.Ok ok -> parse(ok.body(), document, value);
            case Reply.Refused refused ->
                    new OllamaReply.Refused<>(refused.status(), refused.text());
            case Reply.Unreachable gone -> new OllamaReply.Unreachable<>(gone.cause());
        };
    }

    private static <D, T> OllamaReply<T> parse(
            byte[] body, Class<D> document, Function<D, T> value) {
        try {
            return new OllamaReply.Ok<>(value.apply(Json.read(body, document)));
        } catch (FleetException notOllama) {
            return new OllamaReply.Refused<>(
                    0, "not an answer of Ollama: " + notOllama.text(Locale.ENGLISH));
        }
    }

    @Override
    public void close() {
        json.close();
        streams.shutdownNow();
    }

    private record PullRequest(ModelName model, boolean insecure, boolean stream) {}

    private record DeleteRequest(ModelName model) {}

    private record Version(@Nullable String version) {
        private String text() {
            return version == null ? "" : version;
        }
    }
}
