package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /health} of an agent.
 *
 * @param agentId absent until the first registration
 * @param error why the coordinator refuses this agent, while it does
 */
public record AgentHealth(
        String status,
        @Nullable UUID agentId,
        Link coordinator,
        OllamaState ollama,
        String version,
        @Nullable String error) {

    /** Whether the last call to the coordinator was answered. */
    public enum Link {
        @JsonProperty("connected")
        CONNECTED,
        @JsonProperty("unreachable")
        UNREACHABLE,
        /** The coordinator answers, but does not take this agent in. */
        @JsonProperty("refused")
        REFUSED
    }
}
