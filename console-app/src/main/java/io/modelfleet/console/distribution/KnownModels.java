package io.modelfleet.console.distribution;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.AvailableModel;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models that an operator is likely to mean: the catalog's, then what the nodes hold. */
final class KnownModels {
    static final KnownModels NONE = new KnownModels(Map.of());

    private static final double GIGABYTE = 1e9;

    private final Map<ModelName, Known> byName;

    /**
     * @param title how people call it
     * @param size bytes; absent while unknown
     */
    record Known(ModelName name, String title, @Nullable Long size, @Nullable String description) {}

    private KnownModels(Map<ModelName, Known> byName) {
        this.byName = byName;
    }

    /**
     * @param catalog absent while it has not answered
     */
    static KnownModels of(@Nullable AvailableModels catalog, FleetState fleet) {
        Map<ModelName, Known> known = new LinkedHashMap<>();
        if (catalog != null) {
            catalog.models().forEach(model -> known.put(model.name(), known(model)));
        }
        fleet.models().values().stream()
                .flatMap(models -> models.values().stream())
                .forEach(held -> known.merge(held.name(), known(held), KnownModels::completed));
        for (Task task : fleet.tasks().values()) {
            Long total = task.bytesTotal();
            if (total != null && total > 0) {
                known.computeIfPresent(task.modelName(), (name, model) -> sized(model, total));
            }
        }
        return new KnownModels(known);
    }

    private static Known known(AvailableModel model) {
        Double gigabytes = model.sizeGb();
        return new Known(
                model.name(),
                model.displayName(),
                gigabytes == null ? null : Long.valueOf(Math.round(gigabytes * GIGABYTE)),
                model.description());
    }

    private static Known known(NodeModel held) {
        return new Known(held.name(), held.name().toString(), held.size(), null);
    }

    private static Known completed(Known model, Known held) {
        Long size = held.size();
        return size == null ? model : sized(model, size);
    }

    /** What the catalog says counts more than what a node or a task happens to hold. */
    private static Known sized(Known model, long size) {
        return model.size() != null
                ? model
                : new Known(model.name(), model.title(), size, model.description());
    }

    /** Bytes of a model; absent while unknown. */
    @Nullable Long size(ModelName name) {
        Known model = byName.get(name);
        return model == null ? null : model.size();
    }

    @Nullable Known get(ModelName name) {
        return byName.get(name);
    }

    /** Models whose name holds all words of a text, those that begin with it first. */
    List<Known> matching(String text, int most) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        List<Known> first = new ArrayList<>();
        List<Known> then = new ArrayList<>();
        for (Known model : byName.values()) {
            String name = model.name().toString().toLowerCase(Locale.ROOT);
            if (name.startsWith(wanted)) {
                first.add(model);
            } else if (holds(name + " " + model.title().toLowerCase(Locale.ROOT), wanted)) {
                then.add(model);
            }
        }
        first.addAll(then);
        return List.copyOf(first.subList(0, Math.min(most, first.size())));
    }

    private static boolean holds(String text, String wanted) {
        return Stream.of(wanted.split("\\s+")).allMatch(text::contains);
    }
}
