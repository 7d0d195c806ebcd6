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
    public Manifest {
        blobs = List.copyOf(blobs);
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

    /** Bytes of these blobs. */
    public static long size(List<Blob> blobs) {
        return blobs.stream().mapToLong(Blob::size).sum();
    }

    record Document(List<@Nullable Blob> layers, @Nullable Blob config) {
        Document {
            Check.present("layers", layers);
        }
    }
}
