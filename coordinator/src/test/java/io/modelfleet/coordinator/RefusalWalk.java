package io.modelfleet.coordinator;

import io.modelfleet.service.Route;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What goes wrong, so that every refusal is served once. */
final class RefusalWalk {
    private static final int TOO_LARGE = (1 << 20) + 1;

    private final ContractFleet fleet;
    private final RecordingClient client;
    private final List<Route> routes;

    RefusalWalk(ContractFleet fleet) {
        this.fleet = fleet;
        this.client = fleet.client;
        this.routes = fleet.coordinator.routes();
    }

    void walk() {
        UUID node = fleet.node("gpu-refusing");
        twoAgentsWithOneId();
        badIds();
        badBodies();
        badNames(node);
        badQueries();
        client.post(
                "/api/agents",
                """
                {"machine_name":"no-gpu","ip_address":"127.0.0.1","ollama_port":11434,"gpu_available":false,
                 "gpu_devices":[]}
                """);
        finishedTasks(node);
        nodesThatTakeNothing();
        client.delete("/api/agents/" + node + "/models/phi3:mini");
        otherMethods();
        client.get("/api/nothing");
    }

    private void twoAgentsWithOneId() {
        UUID id = UUID.randomUUID();
        for (int port = 21_000; port < 21_002; port++) {
            client.post(
                    "/api/agents",
                    """
                    {"agent_id":"%s","machine_name":"cloned","ip_address":"127.0.0.1","ollama_port":%d,
                     "gpu_devices":[{"model":"T4"}],"instance":"%s"}
                    """
                            .formatted(id, port, UUID.randomUUID()));
        }
        client.post(
                "/api/health",
                "{\"agent_id\":\"%s\",\"instance\":\"%s\"}".formatted(id, UUID.randomUUID()));
    }

    private void badIds() {
        for (Route route : routes) {
            if (route.path().contains("{id}")) {
                call(route, "no-uuid", valid(route, UUID.randomUUID()));
                call(route, UUID.randomUUID().toString(), valid(route, UUID.randomUUID()));
            }
        }
        client.post("/api/health", "{\"agent_id\":\"%s\"}".formatted(UUID.randomUUID()));
        client.post("/api/models/distribute", distribute("mistral:7b", UUID.randomUUID()));
    }

    private void badBodies() {
        UUID id = UUID.randomUUID();
        for (Route route : routes) {
            if (valid(route, id) != null) {
                String path = path(route, id.toString());
                client.json(route.method(), path, "{\"model_name\":");
                client.json(route.method(), path, " ".repeat(TOO_LARGE));
                client.send(route.method(), path, "text/plain", valid(route, id));
                client.send(route.method(), path, "no media type", valid(route, id));
            }
        }
    }

    private void badNames(UUID node) {
        String bad = "Invalid@Model#Name";
        client.post(
                "/api/agents",
                """
                {"machine_name":"m","ip_address":"127.0.0.1","ollama_port":11434,
                 "gpu_devices":[{"model":"T4"}],"loaded_models":["%s"]}
                """
                        .formatted(bad));
        client.post(
                "/api/health",
                "{\"agent_id\":\"%s\",\"loaded_models\":[\"%s\"]}".formatted(node, bad));
        client.post("/api/agents/" + node + "/models/pull", ContractFleet.pull(bad));
        client.post("/api/models/distribute", distribute(bad, node));
        client.delete("/api/agents/" + node + "/models/a@b");
        client.get("/api/tasks?model_name=a@b");
    }

    private void badQueries() {
        client.get("/api/tasks?limit=0");
        client.get("/api/changes?since=yesterday");
    }

    private void finishedTasks(UUID node) {
        UUID task =
                client.post("/api/agents/" + node + "/models/pull", ContractFleet.pull("llama3.2"))
                        .id("task_id");
        client.post("/api/tasks/" + task + "/retry");
        client.post("/api/tasks/" + task + "/progress", "{\"progress\":1}");
        client.post("/api/tasks/" + task + "/retry");
        client.post("/api/tasks/" + task + "/cancel");
        client.post("/api/tasks/" + task + "/progress", "{\"progress\":1}");
    }

    private void nodesThatTakeNothing() {
        UUID off = fleet.node("gpu-gone-home");
        UUID paused = fleet.node("gpu-on-hold");
        UUID full = fleet.node("gpu-filled-up");
        UUID removed = fleet.node("gpu-scrapped");
        List<UUID> tasks =
                List.of(off, paused, full, removed).stream().map(fleet::failedTask).toList();
        fleet.leave(off);
        fleet.pause(paused);
        fleet.fill(full);
        client.delete("/api/agents/" + removed);
        for (UUID node : List.of(off, paused, full)) {
            client.post("/api/agents/" + node + "/models/pull", ContractFleet.pull("llama3.2:3b"));
            client.post("/api/models/distribute", distribute("llama3.2:3b", node));
        }
        tasks.forEach(task -> client.post("/api/tasks/" + task + "/retry"));
        client.delete("/api/agents/" + off + "/models/mistral:7b");
    }

    private void otherMethods() {
        for (Route route : routes) {
            Set<String> methods = new TreeSet<>(Set.of("GET", "PUT", "POST", "DELETE", "PATCH"));
            routes.stream()
                    .filter(other -> other.path().equals(route.path()))
                    .forEach(other -> methods.remove(other.method()));
            String path = path(route, UUID.randomUUID().toString());
            methods.forEach(method -> client.json(method, path, null));
        }
    }

    /** Calls every route properly, for a node that may exist. */
    static void callAll(List<Route> routes, RecordingClient client, UUID id) {
        for (Route route : routes) {
            client.json(route.method(), path(route, id.toString()), valid(route, id));
        }
    }

    private void call(Route route, String id, @Nullable String body) {
        client.json(route.method(), path(route, id), body);
    }

    private static String path(Route route, String id) {
        return route.path().replace("{id}", id).replace("{+name}", "mistral:7b");
    }

    /** A body that the route would accept; {@code null} where it reads none. */
    private static @Nullable String valid(Route route, UUID id) {
        return switch (route.method() + " " + route.path()) {
            case "POST /api/agents" ->
                    """
                    {"machine_name":"%s","ip_address":"127.0.0.1","ollama_port":11434,"gpu_devices":[{"model":"T4"}]}
                    """
                            .formatted(UUID.randomUUID());
            case "POST /api/health" ->
                    """
                    {"agent_id":"%s","installed_models":[{"name":"phi3:mini"}]}
                    """
                            .formatted(id);
            case "POST /api/tasks/{id}/progress" -> "{\"progress\":0.1}";
            case "PUT /api/agents/{id}/settings" -> "{\"notes\":\"new fan\"}";
            case "POST /api/agents/{id}/models/pull" -> ContractFleet.pull("mistral:7b");
            case "POST /api/models/distribute" -> distribute("mistral:7b", id);
            default -> null;
        };
    }

    private static String distribute(String model, UUID node) {
        return "{\"model_name\":\"%s\",\"target\":\"specific\",\"agent_ids\":[\"%s\"]}"
                .formatted(model, node);
    }
}
