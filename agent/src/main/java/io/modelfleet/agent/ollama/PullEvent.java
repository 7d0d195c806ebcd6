package io.modelfleet.agent.ollama;

import io.modelfleet.protocol.Digest;

/** A line of a running pull. */
public sealed interface PullEvent {
    /** Ollama fetches the manifest. */
    record Manifest() implements PullEvent {}

    /**
     * How far a layer is.
     *
     * @param total bytes of the layer, 0 while unknown
     * @param completed bytes on disk; goes back after a stall or a retry
     */
    record Layer(Digest digest, long total, long completed) implements PullEvent {}

    /** All layers are there; digests are checked, the manifest is written. */
    record Verifying() implements PullEvent {}

    /** A line that says nothing about progress. */
    record Other(String status) implements PullEvent {}
}
