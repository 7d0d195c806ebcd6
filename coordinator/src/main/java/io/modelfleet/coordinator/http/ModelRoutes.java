package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.catalog.Catalog;
import io.modelfleet.coordinator.distribution.Distribution;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which models there are, and where they shall be. */
final class ModelRoutes {
    private final Catalog catalog;
    private final NodeInventory nodes;
    private final Distribution distribution;

    ModelRoutes(Catalog catalog, NodeInventory nodes, Distribution distribution) {
        this.catalog = catalog;
        this.nodes = nodes;
        this.distribution = distribution;
    }

    List<Route> table() {
        return List.of(
                Route.get("/api/models/available", this::available),
                Route.post("/api/models/distribute", this::distribute));
    }

    private Answer available(Call call) {
        Map<ModelName, @Nullable Long> held = new HashMap<>();
        nodes.all().stream()
                .flatMap(node -> node.models().stream())
                .forEach(
                        model ->
                                held.put(
                                        model.name(),
                                        larger(held.get(model.name()), model.size())));
        return Answer.ok(catalog.available(held));
    }

    private static @Nullable Long larger(@Nullable Long left, @Nullable Long right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return Long.valueOf(Math.max(left, right));
    }

    private Answer distribute(Call call) {
        return Answer.accepted(
                distribution.distribute(call.body(DistributeRequest.class), call.locale()));
    }
}
