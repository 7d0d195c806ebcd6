package io.modelfleet.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A model that the fleet could hold.
 *
 * @param sizeGb decimal gigabytes, one decimal; absent while unknown
 */
public record AvailableModel(
        ModelName name,
        String displayName,
        @Nullable Double sizeGb,
        @Nullable String description) {}
