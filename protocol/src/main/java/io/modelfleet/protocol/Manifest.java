package io.modelfleet.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a registry says a model consists of (Docker distribution manifest, version 2).
 *
 * @param digest SHA-256 of the manifest's raw bytes: the version that {@code /api/tags} shows once
 *     it is installed
 * @param blobs in download order, the configuration last, each digest once
 */
public record Manifest(Digest digest, List<Blob> blobs) {
    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} when the sizes add up to more than a
     *     {@code long} can hold
     */
    public Manifest {
        blobs = List.copyOf(blobs);
        size(blobs);
    }

    /**
     * Reads the raw bytes as the registry serves them.
     *
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} when they are no manifest
     */
    public static Manifest parse(byte[] raw) {
        Document document = Json.read(raw, Document.class);
        Map<Digest, Blob> blobs = new LinkedHashMap<>();
        Stream.concat(document.layers.stream(), Stream.ofNullable(document.config))
                .map(blob -> Check.present("layers", blob))
                .forEach(blob -> blobs.putIfAbsent(blob.digest(), blob));
        return new Manifest(Digest.of(raw), List.copyOf(blobs.values()));
    }

    /** Bytes of all blobs. */
    public long size() {
        return size(blobs);
    }

    /**
     * Bytes of these blobs.
     *
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} for more than a {@code long} can
     *     hold
     */
    public static long size(List<Blob> blobs) {
        long sum = 0;
        for (Blob blob : blobs) {
            sum += blob.size();
            if (sum < 0) {
                throw FleetException.invalidValue("blobs.size", blob.size(), "a possible size");
            }
        }
        return sum;
    }

    record Document(List<@Nullable Blob> layers, @Nullable Blob config) {
        Document {
            Check.present("layers", layers);
        }
    }
}
