package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Manifest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One version of a model: its manifest's raw bytes and its blobs in download order.
 *
 * <p>Template, licence and parameters are the same in every model, as they often are in reality;
 * weights and configuration belong to the version. The same name, size and version always give the
 * same digests, in every process.
 */
final class ModelVersion {
    private static final String MEDIA = "application/vnd.ollama.image.";
    private static final BlobContent TEMPLATE =
            text("{{ if .System }}<|system|>{{ .System }}<|end|>{{ end }}\n", 650);
    private static final BlobContent LICENCE =
            text(
                    "These weights are random numbers, made for tests. Use them as you like.\n",
                    3_000);
    private static final BlobContent PARAMETERS = text("{\"top_k\":\"40\"}", 14);

    private final ModelSpec spec;
    private final int version;
    private final byte[] raw;
    private final List<BlobContent> blobs;

    private ModelVersion(ModelSpec spec, int version, List<BlobContent> blobs) {
        this.spec = spec;
        this.version = version;
        this.blobs = blobs;
        this.raw = manifest(blobs);
    }

    static ModelVersion of(ModelSpec spec, int version) {
        long others = TEMPLATE.size() + LICENCE.size() + PARAMETERS.size();
        long seed = seed(spec.name().key() + "#" + version);
        // The configuration names the weights, so its length must not depend on them.
        long configSize = config(spec, Digest.of(new byte[0])).size();
        BlobContent weights = GeneratedBlob.of(seed, spec.size() - others - configSize);
        BlobContent config = config(spec, weights.digest());
        List<BlobContent> blobs = List.of(weights, TEMPLATE, LICENCE, PARAMETERS, config);
        return new ModelVersion(spec, version, blobs);
    }

    ModelVersion next(long size) {
        ModelSpec changed =
                new ModelSpec(
                        spec.name(),
                        size,
                        spec.family(),
                        spec.parameterSize(),
                        spec.quantization());
        return of(changed, version + 1);
    }

    ModelSpec spec() {
        return spec;
    }

    List<BlobContent> blobs() {
        return blobs;
    }

    byte[] raw() {
        return raw.clone();
    }

    Manifest manifest() {
        return Manifest.parse(raw);
    }

    private static byte[] manifest(List<BlobContent> blobs) {
        List<Map<String, Object>> layers = new ArrayList<>();
        List<String> kinds = List.of("model", "template", "license", "params");
        for (int i = 0; i < kinds.size(); i++) {
            layers.add(entry(MEDIA + kinds.get(i), blobs.get(i)));
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", RegistryRoutes.MANIFEST_TYPE);
        manifest.put(
                "config", entry("application/vnd.docker.container.image.v1+json", blobs.getLast()));
        manifest.put("layers", layers);
        return Json.write(manifest);
    }

    private static Map<String, Object> entry(String mediaType, BlobContent blob) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mediaType", mediaType);
        entry.put("digest", blob.digest());
        entry.put("size", blob.size());
        return entry;
    }

    private static BlobContent config(ModelSpec spec, Digest weights) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model_format", "gguf");
        config.put("model_family", spec.family());
        config.put("model_families", List.of(spec.family()));
        config.put("model_type", spec.parameterSize());
        config.put("file_type", spec.quantization());
        config.put("architecture", "amd64");
        config.put("os", "linux");
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("type", "layers");
        files.put("diff_ids", List.of(weights));
        config.put("rootfs", files);
        return new SmallBlob(Json.write(config));
    }

    private static BlobContent text(String line, int size) {
        String text = line.repeat(size / line.length() + 1).substring(0, size);
        return new SmallBlob(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static long seed(String text) {
        return ByteBuffer.wrap(Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
