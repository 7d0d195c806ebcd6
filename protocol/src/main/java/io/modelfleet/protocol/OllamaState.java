package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the agent's Ollama answers. */
public enum OllamaState {
    @JsonProperty("ok")
    OK,
    @JsonProperty("unreachable")
    UNREACHABLE
}
