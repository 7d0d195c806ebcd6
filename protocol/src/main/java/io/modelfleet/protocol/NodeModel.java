package io.modelfleet.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model on a node, as {@code GET /api/agents/{id}/models} lists it.
 *
 * @param sizeGb decimal gigabytes, one decimal
 * @param size bytes
 * @param loaded whether Ollama holds it in memory now
 */
public record NodeModel(
        ModelName name,
        @Nullable Double sizeGb,
        @Nullable Instant installedAt,
        @Nullable Digest digest,
        @Nullable Long size,
        boolean loaded) {}
