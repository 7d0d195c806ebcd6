package io.modelfleet.coordinator.catalog;

import io.modelfleet.protocol.Manifest;

/** What asking a registry for a model's manifest came to. */
public sealed interface Lookup {
    /** The registry has the model. */
    record Found(Manifest manifest) implements Lookup {}

    /** The registry answered that it does not have the model. */
    record Missing() implements Lookup {}

    /**
     * No answer that could be used: no connection, too slow, an error, or no manifest.
     *
     * @param reason for logs, in English, such as {@code connection refused}
     */
    record Unreachable(String reason) implements Lookup {}

    /** The model's registry is not one that the configuration names, so nothing was asked. */
    record UnknownRegistry(String host) implements Lookup {}
}
