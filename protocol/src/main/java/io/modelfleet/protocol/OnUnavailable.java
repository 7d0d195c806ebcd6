package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a node that cannot take its task now. */
public enum OnUnavailable {
    /** The call is refused, or the node skipped where all are meant. */
    @JsonProperty("refuse")
    REFUSE,
    /** The task is created and starts when the node can take it. */
    @JsonProperty("queue")
    QUEUE
}
