package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a model: its weights, template, licence or configuration.
 *
 * @param size bytes
 */
public record Blob(Digest digest, long size) {
    /** As on the wire, where a size that is not given is missing and not 0. */
    @JsonCreator
    static Blob read(
            @JsonProperty("digest") Digest digest, @JsonProperty("size") @Nullable Long size) {
        return new Blob(digest, Check.present("blobs.size", size));
    }

    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} for a missing digest or a negative
     *     size
     */
    public Blob {
        Check.present("blobs.digest", digest);
        Check.notNegative("blobs.size", size);
    }
}
