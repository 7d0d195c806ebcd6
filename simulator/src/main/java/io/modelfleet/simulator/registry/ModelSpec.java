package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.ModelName;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model that the registry shall serve.
 *
 * @param size bytes of all its blobs together, at least {@value #LEAST_SIZE}
 * @param family as in {@code details.family}
 * @param parameterSize as in {@code details.parameter_size}, {@code 20B}
 * @param quantization as in {@code details.quantization_level}, {@code Q4_K_M}
 */
public record ModelSpec(
        ModelName name, long size, String family, String parameterSize, String quantization) {
    /** Room for the small blobs and one byte of weights. */
    public static final long LEAST_SIZE = 8_192;

    private static final Pattern PARAMETERS = Pattern.compile("(\\d+(?:\\.\\d+)?[bm])(?:-.*)?");

    public ModelSpec {
        if (size < LEAST_SIZE) {
            throw new IllegalArgumentException("a model has at least " + LEAST_SIZE + " bytes");
        }
    }

    /** Family and parameters as the name suggests. */
    public static ModelSpec of(ModelName name, long size) {
        String family = name.model().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        Matcher tag = PARAMETERS.matcher(name.tag().toLowerCase(Locale.ROOT));
        String parameters = tag.matches() ? tag.group(1).toUpperCase(Locale.ROOT) : "7B";
        return new ModelSpec(name, size, family, parameters, "Q4_K_M");
    }
}
