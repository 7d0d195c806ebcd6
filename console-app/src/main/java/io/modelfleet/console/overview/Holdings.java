package io.modelfleet.console.overview;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which models the fleet holds.
 *
 * @param names each once, in order
 * @param copies of all models on all nodes
 * @param drifts names that mean different things on different nodes, in order
 */
record Holdings(List<ModelName> names, int copies, List<Drift> drifts) {
    static final Holdings NONE = new Holdings(List.of(), 0, List.of());

    /**
     * One name, several digests.
     *
     * @param nodes how many hold the model
     * @param odd nodes that hold another version than most do
     */
    record Drift(ModelName name, int versions, int nodes, List<UUID> odd) {}

    static Holdings of(Map<UUID, Map<ModelName, NodeModel>> models) {
        Map<ModelName, Map<Digest, List<UUID>>> versions = new TreeMap<>();
        int copies = 0;
        for (Map.Entry<UUID, Map<ModelName, NodeModel>> node : models.entrySet()) {
            for (NodeModel model : node.getValue().values()) {
                copies++;
                Map<Digest, List<UUID>> holders =
                        versions.computeIfAbsent(model.name(), name -> new HashMap<>(2));
                Digest digest = model.digest();
                if (digest != null) {
                    holders.computeIfAbsent(digest, first -> new ArrayList<>()).add(node.getKey());
                }
            }
        }
        List<Drift> drifts = new ArrayList<>();
        versions.forEach(
                (name, holders) -> {
                    if (holders.size() > 1) {
                        drifts.add(drift(name, List.copyOf(holders.values())));
                    }
                });
        return new Holdings(List.copyOf(versions.keySet()), copies, List.copyOf(drifts));
    }

    private static Drift drift(ModelName name, List<List<UUID>> versions) {
        int nodes = versions.stream().mapToInt(List::size).sum();
        int most = versions.stream().mapToInt(List::size).max().orElse(0);
        List<UUID> odd =
                versions.stream()
                        .filter(holders -> holders.size() < most)
                        .flatMap(List::stream)
                        .toList();
        return new Drift(name, versions.size(), nodes, odd);
    }
}
