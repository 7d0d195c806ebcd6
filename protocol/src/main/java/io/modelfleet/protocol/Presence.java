package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the coordinator observes of a node: heartbeats arrive, or they do not. */
public enum Presence {
    @JsonProperty("online")
    ONLINE,
    @JsonProperty("offline")
    OFFLINE
}
