package io.modelfleet.protocol;

/**
 * One piece of a model: its weights, template, licence or configuration.
 *
 * @param size bytes
 */
public record Blob(Digest digest, long size) {
    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} for a missing digest or a negative
     *     size
     */
    public Blob {
        Check.present("blobs.digest", digest);
        Check.notNegative("blobs.size", size);
    }
}
