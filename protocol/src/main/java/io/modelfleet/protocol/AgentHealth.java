package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /health} of an agent.
 *
 * @param agentId absent until the first registration
 */
public record AgentHealth(
        String status,
        @Nullable UUID agentId,
        Link coordinator,
        OllamaState ollama,
        String version) {

    /** Whether the last call to the coordinator was answered. */
    public enum Link {
        @JsonProperty("connected")
        CONNECTED,
        @JsonProperty("unreachable")
        UNREACHABLE
    }
}
