package io.modelfleet.console.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskCreated;
import io.modelfleet.protocol.TaskPage;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One coordinator's API over HTTP. */
public final class FleetClient implements FleetApi, AutoCloseable {
    private static final TypeReference<List<Agent>> AGENTS = new TypeReference<>() {};
    private static final TypeReference<List<NodeModel>> MODELS = new TypeReference<>() {};

    private final Exchange http;

    /**
     * @param base the coordinator's address, with or without a slash at its end
     * @param token bearer token; absent sends none
     * @param language of the refusals' texts, asked at each call
     */
    public FleetClient(URI base, @Nullable String token, Supplier<Locale> language) {
        this.http = new Exchange(base, token, language);
    }

    @Override
    public Reply<Changes> changes(long since) {
        return http.get("/api/changes" + query(Map.of("since", since)), json(Changes.class));
    }

    @Override
    public Reply<List<Agent>> agents() {
        return http.get("/api/agents", body -> Json.read(body, AGENTS));
    }

    @Override
    public Reply<Agent> agent(UUID id) {
        return http.get("/api/agents/" + id, json(Agent.class));
    }

    @Override
    public Reply<Agent> change(UUID id, NodeSettings settings) {
        return http.send(
                "PUT", "/api/agents/" + id + "/settings", settings.json(), json(Agent.class));
    }

    @Override
    public Reply<Boolean> removeAgent(UUID id) {
        return http.send("DELETE", "/api/agents/" + id, null, body -> true);
    }

    @Override
    public Reply<List<NodeModel>> models(UUID agentId) {
        return http.get("/api/agents/" + agentId + "/models", body -> Json.read(body, MODELS));
    }

    @Override
    public Reply<TaskCreated> pull(UUID agentId, PullRequest request) {
        return http.send(
                "POST",
                "/api/agents/" + agentId + "/models/pull",
                Json.write(request),
                json(TaskCreated.class));
    }

    @Override
    public Reply<TaskCreated> removeModel(UUID agentId, ModelName model) {
        return http.send(
                "DELETE",
                "/api/agents/" + agentId + "/models/" + encode(model.toString()),
                null,
                json(TaskCreated.class));
    }

    @Override
    public Reply<AvailableModels> availableModels() {
        return http.get("/api/models/available", json(AvailableModels.class));
    }

    @Override
    public Reply<DistributeReply> distribute(DistributeRequest request) {
        return http.send(
                "POST", "/api/models/distribute", Json.write(request), json(DistributeReply.class));
    }

    @Override
    public Reply<TaskPage> tasks(TaskQuery wanted) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (wanted.status() != null) {
            parameters.put("status", wanted.status().wire());
        }
        if (wanted.agentId() != null) {
            parameters.put("agent_id", wanted.agentId());
        }
        if (wanted.model() != null) {
            parameters.put("model_name", wanted.model());
        }
        if (wanted.limit() != null) {
            parameters.put("limit", wanted.limit());
        }
        if (wanted.cursor() != null) {
            parameters.put("cursor", wanted.cursor());
        }
        return http.get("/api/tasks" + query(parameters), json(TaskPage.class));
    }

    @Override
    public Reply<Task> task(UUID id) {
        return http.get("/api/tasks/" + id, json(Task.class));
    }

    @Override
    public Reply<Task> cancel(UUID taskId) {
        return http.send("POST", "/api/tasks/" + taskId + "/cancel", null, json(Task.class));
    }

    @Override
    public Reply<TaskCreated> retry(UUID taskId) {
        return http.send("POST", "/api/tasks/" + taskId + "/retry", null, json(TaskCreated.class));
    }

    /** Breaks off what is under way; later calls answer {@link Reply.Unreachable}. */
    @Override
    public void close() {
        http.close();
    }

    private static <T> Exchange.Reader<T> json(Class<T> type) {
        return body -> Json.read(body, type);
    }

    private static String query(Map<String, ?> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(e -> e.getKey() + "=" + encode(String.valueOf(e.getValue())))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        // In a path a plus sign is itself, in a query it is a space; %20 is a space in both.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
