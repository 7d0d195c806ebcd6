package io.modelfleet.console.catalog;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.AvailableModel;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model that the fleet could hold.
 *
 * @param size bytes on disk, absent while unknown
 */
record CatalogEntry(
        ModelName name, @Nullable Long size, @Nullable String description, Origin origin) {
    private static final double GIGABYTE = 1e9;

    /** How the console knows of it. */
    enum Origin {
        LIBRARY,
        /** A node holds it. */
        NODES;

        /** Key of its words in the messages. */
        String key() {
            return "catalog.source." + name();
        }
    }

    /** The coordinator's list, and whatever else lies on the nodes, by name. */
    static Map<ModelName, CatalogEntry> all(@Nullable AvailableModels listed, FleetState fleet) {
        Map<ModelName, CatalogEntry> entries = new TreeMap<>();
        if (listed != null) {
            Origin origin =
                    switch (listed.source()) {
                        case OLLAMA_LIBRARY -> Origin.LIBRARY;
                        case AGENTS -> Origin.NODES;
                    };
            listed.models().forEach(model -> entries.put(model.name(), of(model, origin)));
        }
        fleet.models().values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .forEach(model -> entries.merge(model.name(), of(model), CatalogEntry::with));
        return entries;
    }

    private static CatalogEntry of(AvailableModel model, Origin origin) {
        Double gigabytes = model.sizeGb();
        return new CatalogEntry(
                model.name(),
                gigabytes == null ? null : Math.round(gigabytes * GIGABYTE),
                model.description(),
                origin);
    }

    private static CatalogEntry of(NodeModel model) {
        return new CatalogEntry(model.name(), model.size(), null, Origin.NODES);
    }

    /** What a node measured is more exact than what a list rounds. */
    private CatalogEntry with(CatalogEntry onNode) {
        return onNode.size() == null
                ? this
                : new CatalogEntry(name, onNode.size(), description, origin);
    }

    boolean matches(String words) {
        String text =
                (name + " " + (description == null ? "" : description)).toLowerCase(Locale.ROOT);
        return Stream.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .allMatch(text::contains);
    }
}
