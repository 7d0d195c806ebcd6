package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How far a task has come. */
public enum TaskStatus {
    /** Not yet accepted by the agent. */
    @JsonEnumDefaultValue
    @JsonProperty("pending")
    PENDING,
    /** Accepted, waiting for a slot on the node. */
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("downloading")
    DOWNLOADING,
    /** All bytes are there; Ollama checks their digests, which can take minutes. */
    @JsonProperty("verifying")
    VERIFYING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED;

    private static final Set<TaskStatus> ACTIVE =
            EnumSet.of(PENDING, QUEUED, DOWNLOADING, VERIFYING);

    /** Whether nothing can change a task in this status any more. */
    public boolean isFinal() {
        return !ACTIVE.contains(this);
    }

    /**
     * Whether a task may go from this status to {@code next}. Active work may also fall back: to
     * {@link #PENDING} when an agent has lost it, from {@link #VERIFYING} to {@link #DOWNLOADING}
     * when a digest did not match. A final status never changes.
     */
    public boolean canBecome(TaskStatus next) {
        return !isFinal() && next != this;
    }

    /** As on the wire and in the database: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
