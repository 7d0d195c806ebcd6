package io.modelfleet.console.matrix;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts who holds what, and so finds the columns of the grid. */
final class ModelColumns {
    private final Map<ModelName, Tally> tallies = new HashMap<>();

    private ModelColumns() {}

    /**
     * All models that a node holds or is getting or failed to get, and those an operator added, in
     * the order of their names.
     *
     * @param added models to show in any case, with their bytes where they are known
     * @param hidden models to leave out while no node holds them or is getting them
     */
    static List<ModelColumn> of(
            FleetState fleet,
            Map<CellKey, Task> newest,
            Map<ModelName, Long> added,
            Set<ModelName> hidden) {
        ModelColumns columns = new ModelColumns();
        fleet.models().values().forEach(node -> node.values().forEach(columns::count));
        newest.forEach((key, task) -> columns.count(fleet, key, task));
        added.forEach((name, size) -> columns.tally(name).size(size > 0 ? size : null));
        List<ModelColumn> all = new ArrayList<>();
        columns.tallies.forEach(
                (name, tally) -> {
                    if (tally.reached > 0 || !hidden.contains(name)) {
                        all.add(tally.column(name));
                    }
                });
        all.sort(Comparator.comparing(ModelColumn::order));
        return all;
    }

    private Tally tally(ModelName name) {
        return tallies.computeIfAbsent(name, missing -> new Tally());
    }

    private void count(NodeModel model) {
        tally(model.name()).add(model);
    }

    private void count(FleetState fleet, CellKey key, Task task) {
        if (task.kind() != TaskKind.PULL) {
            return;
        }
        if (!task.status().isFinal()) {
            Tally tally = tally(key.model());
            tally.size(task.bytesTotal());
            if (!fleet.models(key.node()).containsKey(key.model())) {
                tally.reached++;
            }
        } else if (task.status() == TaskStatus.FAILED) {
            tally(key.model()).size(task.bytesTotal());
        }
    }

    /** One model over all nodes. */
    private static final class Tally {
        private final List<Version> versions = new ArrayList<>(1);
        private int holders;
        private int reached;
        private @Nullable Long size;

        void add(NodeModel model) {
            holders++;
            reached++;
            Digest digest = model.digest();
            for (Version version : versions) {
                if (Objects.equals(version.digest, digest)) {
                    version.add(model);
                    return;
                }
            }
            Version first = new Version(digest);
            first.add(model);
            versions.add(first);
        }

        /** A size that is known from elsewhere than from a node that holds the model. */
        void size(@Nullable Long bytes) {
            if (size == null) {
                size = bytes;
            }
        }

        ModelColumn column(ModelName name) {
            Version newest =
                    versions.stream()
                            .filter(version -> version.digest != null)
                            .max(Version.ORDER)
                            .orElse(versions.isEmpty() ? null : versions.getFirst());
            Long bytes = newest == null || newest.size == null ? size : newest.size;
            return ModelColumn.of(
                    name, newest == null ? null : newest.digest, bytes, holders, reached);
        }
    }

    /**
     * The nodes that hold the same bytes. A pull always fetches what the registry has now, so the
     * version that was installed last is the newest; without times, the one that most nodes hold.
     */
    private static final class Version {
        static final Comparator<Version> ORDER =
                Comparator.<Version, Instant>comparing(version -> version.latest)
                        .thenComparingInt(version -> version.count);

        private final @Nullable Digest digest;
        private int count;
        private Instant latest = Instant.MIN;
        private @Nullable Long size;

        Version(@Nullable Digest digest) {
            this.digest = digest;
        }

        void add(NodeModel model) {
            count++;
            if (model.installedAt() != null && model.installedAt().isAfter(latest)) {
                latest = model.installedAt();
            }
            if (model.size() != null) {
                size = model.size();
            }
        }
    }
}
