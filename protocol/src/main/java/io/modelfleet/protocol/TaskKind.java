package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a task does to its model on its node. */
public enum TaskKind {
    @JsonProperty("pull")
    PULL,
    @JsonProperty("remove")
    REMOVE;

    /** As on the wire and in the database: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
