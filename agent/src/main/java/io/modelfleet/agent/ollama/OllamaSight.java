package io.modelfleet.agent.ollama;

import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OllamaState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at Ollama showed; what could not be learned is absent, never empty.
 *
 * @param installed all models with their weights
 * @param loaded the models in memory
 */
public record OllamaSight(
        OllamaState state,
        @Nullable String version,
        @Nullable List<InstalledModel> installed,
        @Nullable List<ModelName> loaded) {

    /** Before the first look, and while nobody answers. */
    public static final OllamaSight UNREACHABLE =
            new OllamaSight(OllamaState.UNREACHABLE, null, null, null);
}
