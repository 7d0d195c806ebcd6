package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.distribution.Distribution;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.Route;
import java.util.List;

/** What operators do with nodes and their models. */
final class NodeRoutes {
    private final NodeInventory nodes;
    private final Distribution distribution;

    NodeRoutes(NodeInventory nodes, Distribution distribution) {
        this.nodes = nodes;
        this.distribution = distribution;
    }

    List<Route> table() {
        return List.of(
                Route.get("/api/agents", this::list),
                Route.get("/api/agents/{id}", this::one),
                Route.delete("/api/agents/{id}", this::remove),
                Route.put("/api/agents/{id}/settings", this::settings),
                Route.get("/api/agents/{id}/models", this::models),
                Route.post("/api/agents/{id}/models/pull", this::pull),
                Route.delete("/api/agents/{id}/models/{+name}", this::removeModel));
    }

    private Answer list(Call call) {
        return Answer.ok(nodes.all().stream().map(Views::agent).toList());
    }

    private Answer one(Call call) {
        return Answer.ok(Views.agent(nodes.require(call.id("id"))));
    }

    private Answer remove(Call call) {
        distribution.removeNode(call.id("id"));
        return Answer.empty();
    }

    private Answer settings(Call call) {
        SettingsPatch patch = SettingsPatch.parse(call.body());
        return Answer.ok(Views.agent(nodes.changeSettings(call.id("id"), patch::apply)));
    }

    private Answer models(Call call) {
        return Answer.ok(Views.models(nodes.require(call.id("id"))));
    }

    private Answer pull(Call call) {
        return Answer.accepted(distribution.pull(call.id("id"), call.body(PullRequest.class)));
    }

    private Answer removeModel(Call call) {
        return Answer.accepted(
                distribution.remove(call.id("id"), ModelName.parse(call.path("name"))));
    }
}
