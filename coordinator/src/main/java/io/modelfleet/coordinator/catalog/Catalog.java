package io.modelfleet.coordinator.catalog;

import io.modelfleet.protocol.AvailableModel;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.AvailableModels.Source;
import io.modelfleet.protocol.Gigabytes;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which models the fleet could hold, and what they consist of. No call here waits longer than 3 s
 * for a registry.
 */
public final class Catalog implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<CuratedModel> curated;
    private final Map<ModelName, CuratedModel> curatedByName;
    private final RegistryClient client;
    private final ManifestCache manifests;
    private final LibraryMonitor library;

    /**
     * @param curated what is offered, in the order of the list
     * @param client closed together with this catalog
     * @param refreshInterval how often every curated model is asked for, and how long any manifest
     *     counts as current; positive
     */
    public Catalog(
            List<CuratedModel> curated,
            RegistryClient client,
            InstantSource clock,
            Duration refreshInterval) {
        this.curated = List.copyOf(curated);
        this.curatedByName =
                curated.stream().collect(Collectors.toMap(CuratedModel::name, Function.identity()));
        this.client = client;
        this.manifests = new ManifestCache(curatedByName.keySet(), client, clock, refreshInterval);
        this.library =
                new LibraryMonitor(
                        this.curated.stream().map(CuratedModel::name).toList(),
                        manifests,
                        clock,
                        refreshInterval);
    }

    /** Starts to keep the manifests current in the background. */
    public void start() {
        library.start();
    }

    /** Asks for every curated model now; returns when each was answered or given up. */
    public void refresh() throws InterruptedException {
        library.round();
    }

    /**
     * The curated models that the library has or, when it could not be reached at the last refresh,
     * what the nodes hold.
     *
     * @param heldByNodes bytes of each model that some node holds, {@code null} where unknown
     */
    public AvailableModels available(Map<ModelName, @Nullable Long> heldByNodes) {
        return library.reached()
                ? new AvailableModels(ofLibrary(), Source.OLLAMA_LIBRARY)
                : new AvailableModels(ofNodes(heldByNodes), Source.AGENTS);
    }

    private List<AvailableModel> ofLibrary() {
        return curated.stream()
                .filter(model -> !manifests.missing(model.name()))
                .map(model -> available(model, sizeGb(model.name())))
                .toList();
    }

    private @Nullable Double sizeGb(ModelName name) {
        Manifest manifest = manifests.cached(name).orElse(null);
        return manifest == null ? null : Gigabytes.of(manifest.size());
    }

    private List<AvailableModel> ofNodes(Map<ModelName, @Nullable Long> held) {
        return new TreeMap<>(held)
                .entrySet().stream()
                        .map(model -> ofNode(model.getKey(), gigabytes(model.getValue())))
                        .toList();
    }

    private static @Nullable Double gigabytes(@Nullable Long bytes) {
        return bytes == null ? null : Double.valueOf(Gigabytes.of(bytes));
    }

    private AvailableModel ofNode(ModelName name, @Nullable Double sizeGb) {
        CuratedModel known = curatedByName.get(name);
        return known == null
                ? new AvailableModel(name, CuratedModel.derivedDisplayName(name), sizeGb, null)
                : available(known, sizeGb);
    }

    private static AvailableModel available(CuratedModel model, @Nullable Double sizeGb) {
        return new AvailableModel(model.name(), model.displayName(), sizeGb, model.description());
    }

    /**
     * What the model consists of, from memory when that is no older than the refresh interval,
     * otherwise from its registry. A registry that does not answer within 3 s is not waited for
     * again in the next 5 s; meanwhile the last manifest that was seen, however old, stands in.
     *
     * @return empty when the registry does not have the model, when it was never reached, or when
     *     the configuration does not name it
     */
    public Optional<Manifest> manifest(ModelName name) {
        return manifests.manifest(name, PATIENCE);
    }

    /** As {@link #manifest}, but from memory alone, however old. */
    public Optional<Manifest> cached(ModelName name) {
        return manifests.cached(name);
    }

    @Override
    public void close() {
        library.close();
        client.close();
    }
}
