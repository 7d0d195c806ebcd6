package io.modelfleet.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.OnUnavailable;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.simulator.fleet.Api;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Does what operators do, and writes down what was acknowledged. */
final class Calls {
    private final List<UUID> nodes;
    private final Ledger ledger;

    /** How a call ended. */
    enum Outcome {
        DONE,
        REFUSED,
        /** There was nothing to do it to. */
        IDLE
    }

    /**
     * @param nodes the nodes' ids by position
     */
    Calls(List<UUID> nodes, Ledger ledger) {
        this.nodes = List.copyOf(nodes);
        this.ledger = ledger;
    }

    /**
     * @throws java.io.UncheckedIOException when no answer came: whether it happened is not known
     */
    Outcome make(Action.Call call, Api api) {
        return switch (call) {
            case Action.Pull pull -> pull(pull, api);
            case Action.Distribute distribute -> distribute(distribute, api);
            case Action.Cancel cancel -> cancel(cancel, api);
            case Action.Retry retry -> retry(retry, api);
            case Action.Remove remove -> remove(remove, api);
            case Action.Settings settings -> settings(settings, api);
            case Action.DeleteNode node -> deleteNode(node, api);
        };
    }

    private Outcome pull(Action.Pull pull, Api api) {
        Api.Result result =
                api.post(
                        node(pull.node()) + "/models/pull",
                        text(new PullRequest(pull.model(), queue(pull.queue()))));
        return created(result);
    }

    private Outcome created(Api.Result result) {
        if (!result.ok()) {
            return Outcome.REFUSED;
        }
        ledger.created(id(result.body().path("task_id")));
        return Outcome.DONE;
    }

    private Outcome distribute(Action.Distribute wish, Api api) {
        DistributeRequest request =
                new DistributeRequest(
                        wish.model(),
                        wish.nodes().isEmpty()
                                ? DistributeRequest.Target.ALL
                                : DistributeRequest.Target.SPECIFIC,
                        wish.nodes().stream().map(nodes::get).toList(),
                        queue(wish.queue()),
                        wish.skip() ? DistributeRequest.IfInstalled.SKIP : null);
        Api.Result result = api.post("/api/models/distribute", text(request));
        if (!result.ok()) {
            return Outcome.REFUSED;
        }
        ledger.created(result.body().path("task_ids"));
        return Outcome.DONE;
    }

    private Outcome cancel(Action.Cancel cancel, Api api) {
        Optional<UUID> task =
                pick(
                        cancel.pick(),
                        api,
                        TaskStatus.PENDING,
                        TaskStatus.QUEUED,
                        TaskStatus.DOWNLOADING,
                        TaskStatus.VERIFYING);
        if (task.isEmpty()) {
            return Outcome.IDLE;
        }
        if (!api.post("/api/tasks/" + task.get() + "/cancel", "{}").ok()) {
            return Outcome.REFUSED;
        }
        ledger.cancelled(task.get());
        return Outcome.DONE;
    }

    private Outcome retry(Action.Retry retry, Api api) {
        Optional<UUID> task = pick(retry.pick(), api, TaskStatus.FAILED, TaskStatus.CANCELLED);
        if (task.isEmpty()) {
            return Outcome.IDLE;
        }
        Api.Result result = api.post("/api/tasks/" + task.get() + "/retry", "{}");
        if (!result.ok()) {
            return Outcome.REFUSED;
        }
        UUID again = id(result.body().path("task_id"));
        ledger.created(again);
        return Outcome.DONE;
    }

    private static Optional<UUID> pick(int pick, Api api, TaskStatus... statuses) {
        String wanted = String.join(",", Stream.of(statuses).map(TaskStatus::wire).toList());
        List<UUID> found = new ArrayList<>();
        api.get("/api/tasks?limit=20&status=" + wanted)
                .body()
                .path("tasks")
                .forEach(task -> found.add(id(task.path("id"))));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(pick % found.size()));
    }

    private Outcome remove(Action.Remove remove, Api api) {
        return created(api.delete(node(remove.node()) + "/models/" + remove.model()));
    }

    /** One at a time, so that the order of the answers is the order of the wishes. */
    private synchronized Outcome settings(Action.Settings settings, Api api) {
        Ledger.Wish wish = new Ledger.Wish(settings.notes(), settings.schedulable());
        boolean answered = false;
        try {
            Api.Result result = api.put(node(settings.node()) + "/settings", text(wish));
            answered = true;
            if (!result.ok()) {
                return Outcome.REFUSED;
            }
        } finally {
            if (!answered) {
                ledger.doubted(settings.node(), wish);
            }
        }
        ledger.wished(settings.node(), wish);
        return Outcome.DONE;
    }

    private Outcome deleteNode(Action.DeleteNode delete, Api api) {
        ledger.removed(delete.node());
        ledger.interrupted(delete.node());
        Api.Result result = api.delete(node(delete.node()));
        return result.ok() ? Outcome.DONE : Outcome.REFUSED;
    }

    private String node(int position) {
        return "/api/agents/" + nodes.get(position);
    }

    private static OnUnavailable queue(boolean queue) {
        return queue ? OnUnavailable.QUEUE : OnUnavailable.REFUSE;
    }

    private static String text(Object wire) {
        return new String(Json.write(wire), StandardCharsets.UTF_8);
    }

    private static UUID id(JsonNode id) {
        return UUID.fromString(id.asText());
    }
}
