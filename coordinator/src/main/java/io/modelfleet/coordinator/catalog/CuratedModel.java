package io.modelfleet.coordinator.catalog;

import io.modelfleet.protocol.ModelName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model that the catalog offers by name, because registries have no list of what they hold.
 *
 * @param description one sentence in English for operators
 */
public record CuratedModel(ModelName name, String displayName, @Nullable String description) {

    /** What a model is called when nobody gave it a better name: {@code Llama3.2 (3b)}. */
    public static String derivedDisplayName(ModelName name) {
        String model = name.model();
        String capitalised = model.substring(0, 1).toUpperCase(Locale.ROOT) + model.substring(1);
        return name.tag().equalsIgnoreCase(ModelName.DEFAULT_TAG)
                ? capitalised
                : capitalised + " (" + name.tag() + ")";
    }
}
