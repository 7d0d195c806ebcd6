package io.modelfleet.simulator.ollama;

import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A manifest on disk.
 *
 * @param modifiedAt when it was written
 */
record StoredModel(ModelName name, Path file, Manifest manifest, Instant modifiedAt) {
    Set<Digest> digests() {
        return manifest.blobs().stream().map(Blob::digest).collect(Collectors.toSet());
    }
}
