package io.modelfleet.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that a node's Ollama holds, as its agent reports it.
 *
 * @param size bytes on disk
 * @param digest SHA-256 of the manifest: two nodes hold the same model only when these agree
 * @param installedAt when Ollama last wrote the manifest
 */
public record InstalledModel(
        ModelName name,
        @Nullable Long size,
        @Nullable Digest digest,
        @Nullable Instant installedAt) {
    public InstalledModel {
        Check.present("installed_models.name", name);
        Check.notNegative("installed_models.size", size);
        Check.time("installed_models.installed_at", installedAt);
    }
}
