package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ModelName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The models and blobs on offer, and which of them are served wrongly. */
final class Shelf {
    private final Map<String, ModelVersion> models = new ConcurrentHashMap<>();
    private final Map<Digest, BlobContent> blobs = new ConcurrentHashMap<>();
    private final Set<Digest> corrupt = ConcurrentHashMap.newKeySet();

    ModelVersion put(ModelVersion version) {
        version.blobs().forEach(blob -> blobs.put(blob.digest(), blob));
        ModelName name = version.spec().name();
        models.put(key(name.namespace(), name.model(), name.tag()), version);
        return version;
    }

    Optional<ModelVersion> find(String namespace, String model, String tag) {
        return Optional.ofNullable(models.get(key(namespace, model, tag)));
    }

    ModelVersion expect(ModelName name) {
        return find(name.namespace(), name.model(), name.tag())
                .orElseThrow(() -> new IllegalArgumentException("no such model: " + name));
    }

    void remove(ModelName name) {
        models.remove(key(name.namespace(), name.model(), name.tag()));
    }

    Optional<BlobContent> blob(Digest digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    void corrupt(Digest digest) {
        corrupt.add(digest);
    }

    void repair(Digest digest) {
        corrupt.remove(digest);
    }

    void repairAll() {
        corrupt.clear();
    }

    /** As {@link BlobContent#read}, with the wrong byte in the middle of a corrupt blob. */
    void read(BlobContent blob, long offset, byte[] into, int length) {
        blob.read(offset, into, length);
        long wrong = blob.size() / 2 - offset;
        if (corrupt.contains(blob.digest()) && wrong >= 0 && wrong < length) {
            into[(int) wrong] ^= 1;
        }
    }

    private static String key(String namespace, String model, String tag) {
        return (namespace + "/" + model + ":" + tag).toLowerCase(Locale.ROOT);
    }
}
