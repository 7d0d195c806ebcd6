package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** {@code GET /api/models/available}. */
public record AvailableModels(List<AvailableModel> models, Source source) {
    /** Where the list came from. */
    public enum Source {
        @JsonProperty("ollama_library")
        OLLAMA_LIBRARY,
        /** What the nodes hold, because the library cannot be reached. */
        @JsonProperty("agents")
        AGENTS
    }
}
