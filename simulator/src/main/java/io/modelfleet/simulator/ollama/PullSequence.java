package io.modelfleet.simulator.ollama;

import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.wire.Throttle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One pull from its manifest to its success, line by line in Ollama's order. */
final class PullSequence {
    private static final int BUFFER = 1 << 16;

    private final ModelStore store;
    private final Downloads downloads;
    private final RegistryClient registry;
    private final Throttle verification;

    PullSequence(
            ModelStore store, Downloads downloads, RegistryClient registry, Throttle verification) {
        this.store = store;
        this.downloads = downloads;
        this.registry = registry;
        this.verification = verification;
    }

    /** Ends with the line {@code success}, or throws. */
    void run(ModelName name, boolean insecure, ProgressSink sink)
            throws PullFailure, IOException, InterruptedException {
        Optional<StoredModel> old = store.find(name);
        ModelName kept = old.isPresent() ? old.get().name() : name;
        sink.line(ProgressLine.status("pulling manifest"));
        RegistryClient.Source source = registry.source(kept, insecure);
        byte[] raw = manifest(source);
        Manifest manifest = parse(raw);
        List<Blob> fetched = new ArrayList<>();
        for (Blob blob : manifest.blobs()) {
            if (!downloads.fetch(source, blob.digest(), sink)) {
                fetched.add(blob);
            }
        }
        sink.line(ProgressLine.status("verifying sha256 digest"));
        for (Blob blob : fetched) {
            verify(blob.digest());
        }
        sink.line(ProgressLine.status("writing manifest"));
        store.write(kept, raw);
        if (old.isPresent()) {
            removeUnused(old.get(), manifest, sink);
        }
        sink.line(ProgressLine.status("success"));
    }

    private byte[] manifest(RegistryClient.Source source) throws PullFailure, InterruptedException {
        try {
            return registry.manifest(source);
        } catch (PullFailure e) {
            throw new PullFailure("pull model manifest: " + e.text());
        }
    }

    private static Manifest parse(byte[] raw) throws PullFailure {
        try {
            return Manifest.parse(raw);
        } catch (FleetException e) {
            throw new PullFailure("pull model manifest: unexpected EOF");
        }
    }

    private void verify(Digest wanted) throws PullFailure, IOException, InterruptedException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(store.blob(wanted))) {
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                verification.take(length, () -> false);
                sha256.update(buffer, 0, length);
            }
        }
        Digest got = Digest.of(sha256);
        if (!got.equals(wanted)) {
            store.removeBlob(wanted);
            throw new PullFailure(
                    "digest mismatch, file must be downloaded again: want "
                            + wanted
                            + ", got "
                            + got);
        }
    }

    private void removeUnused(StoredModel old, Manifest manifest, ProgressSink sink)
            throws IOException {
        Set<Digest> unused = new HashSet<>(old.digests());
        manifest.blobs().forEach(blob -> unused.remove(blob.digest()));
        if (!unused.isEmpty()) {
            sink.line(ProgressLine.status("removing unused layers"));
            store.removeUnused(unused);
        }
    }
}
