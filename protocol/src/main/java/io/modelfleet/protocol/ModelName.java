package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a model, {@code host/namespace/model:tag}, as Ollama reads it (its {@code
 * types/model/name.go}, v0.33).
 *
 * <p>Missing parts take Ollama's defaults, so {@code llama3.2} and {@code llama3.2:latest} are
 * equal. Case is kept for printing and ignored by {@link #equals}, as on Ollama's side. A scheme
 * ({@code http://}) is accepted and dropped.
 */
public final class ModelName implements Comparable<ModelName> {
    public static final String DEFAULT_HOST = "registry.ollama.ai";
    public static final String DEFAULT_NAMESPACE = "library";
    public static final String DEFAULT_TAG = "latest";

    private static final Pattern GRAMMAR =
            Pattern.compile(
                    "(?:(?:(?:https?://)?(?<host>[A-Za-z0-9_][A-Za-z0-9_.:-]{0,349})/)?"
                            + "(?<namespace>[A-Za-z0-9_][A-Za-z0-9_-]{0,79})/)?"
                            + "(?<model>[A-Za-z0-9_][A-Za-z0-9_.-]{0,79})"
                            + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}))?");

    private static final Comparator<ModelName> ORDER = Comparator.comparing(ModelName::key);

    private final String host;
    private final String namespace;
    private final String model;
    private final String tag;
    private final String key;

    private ModelName(String host, String namespace, String model, String tag) {
        this.host = host;
        this.namespace = namespace;
        this.model = model;
        this.tag = tag;
        this.key = (host + "/" + namespace + "/" + model + ":" + tag).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name as a person or Ollama writes it.
     *
     * @throws FleetException {@link ErrorCode#INVALID_MODEL_NAME} for everything outside the
     *     grammar, and for the tags {@code cloud} and {@code …-cloud}, which name remote stubs
     *     without weights
     */
    @JsonCreator
    public static ModelName parse(@Nullable String text) {
        Matcher matcher = GRAMMAR.matcher(text == null ? "" : text);
        if (text == null || !matcher.matches()) {
            throw FleetException.of(
                    ErrorCode.INVALID_MODEL_NAME, Text.shortened(text == null ? "" : text));
        }
        String tag = Objects.requireNonNullElse(matcher.group("tag"), DEFAULT_TAG);
        String lower = tag.toLowerCase(Locale.ROOT);
        if (lower.equals("cloud") || lower.endsWith("-cloud")) {
            throw new FleetException(
                    ErrorCode.INVALID_MODEL_NAME, "INVALID_MODEL_NAME.cloud", Text.shortened(text));
        }
        return new ModelName(
                Objects.requireNonNullElse(matcher.group("host"), DEFAULT_HOST),
                Objects.requireNonNullElse(matcher.group("namespace"), DEFAULT_NAMESPACE),
                Objects.requireNonNull(matcher.group("model")),
                tag);
    }

    /** The registry that serves the model, with its port if one was given. */
    public String host() {
        return host;
    }

    /** The owner within the registry. */
    public String namespace() {
        return namespace;
    }

    /** The model's own name, without host, namespace and tag. */
    public String model() {
        return model;
    }

    /** The tag, {@value #DEFAULT_TAG} when none was given. */
    public String tag() {
        return tag;
    }

    /** All four parts in lower case: equal for equal names, fit for a database key. */
    public String key() {
        return key;
    }

    /**
     * The short form that Ollama lists: default host and namespace left out, the tag always shown.
     */
    @Override
    @JsonValue
    public String toString() {
        boolean plainHost = host.equalsIgnoreCase(DEFAULT_HOST);
        boolean plainNamespace = plainHost && namespace.equalsIgnoreCase(DEFAULT_NAMESPACE);
        return (plainHost ? "" : host + "/")
                + (plainNamespace ? "" : namespace + "/")
                + model
                + ":"
                + tag;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelName name && name.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public int compareTo(ModelName other) {
        return ORDER.compare(this, other);
    }
}
