package io.modelfleet.simulator.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskPage;
import io.modelfleet.simulator.fleet.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The state as the calls other than {@code /api/changes} tell it. */
final class FleetReader {
    private final Api api;

    FleetReader(Api api) {
        this.api = api;
    }

    Map<UUID, Agent> agents() {
        Map<UUID, Agent> agents = new HashMap<>();
        List<Agent> listed =
                Json.mapper().convertValue(get("/api/agents"), new TypeReference<>() {});
        listed.forEach(agent -> agents.put(agent.id(), agent));
        return agents;
    }

    List<NodeModel> models(UUID agent) {
        return Json.mapper()
                .convertValue(get("/api/agents/" + agent + "/models"), new TypeReference<>() {});
    }

    /** All there are, newest first. */
    List<Task> tasks() {
        return tasks("");
    }

    /** Those that have not ended. */
    List<Task> activeTasks() {
        return tasks("&status=pending,queued,downloading,verifying");
    }

    private List<Task> tasks(String filter) {
        List<Task> tasks = new ArrayList<>();
        String cursor = "";
        do {
            TaskPage page =
                    Json.mapper()
                            .convertValue(
                                    get("/api/tasks?limit=500" + filter + cursor), TaskPage.class);
            tasks.addAll(page.tasks());
            cursor = page.nextCursor() == null ? "" : "&cursor=" + page.nextCursor();
        } while (!cursor.isEmpty());
        return tasks;
    }

    private Object get(String path) {
        Api.Result result = api.get(path);
        if (!result.ok()) {
            // As when nobody answers: the caller tries again, within its bounds.
            throw new UncheckedIOException(new IOException(path + ": " + result));
        }
        return result.body();
    }

    /** What an Ollama itself says that it holds: digests by name. */
    static Map<ModelName, String> installed(FaultyNode node) {
        Map<ModelName, String> digests = new HashMap<>();
        node.ollamaApi()
                .get("/api/tags")
                .body()
                .path("models")
                .forEach(
                        model ->
                                digests.put(
                                        ModelName.parse(model.path("name").asText()),
                                        model.path("digest").asText()));
        return digests;
    }
}
