package io.modelfleet.coordinator;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;

/** What operators and agents do on good days, so that every field is served once. */
final class ContractWalk {
    private static final String DIGEST =
            "sha256:a80c4f17acd55265feec403c7aef86be0c25983ab279d83f3bcd3abbcb5b8b72";
    private static final String LONG_NAME = "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M";

    private final ContractFleet fleet;
    private final RecordingClient client;

    ContractWalk(ContractFleet fleet) {
        this.fleet = fleet;
        this.client = fleet.client;
    }

    void walk() {
        long version = client.get("/api/changes").json().path("version").asLong();
        UUID node = registration();
        lifeOfATask(node);
        retryAndCancel(node);
        removals(node);
        distributions(node);
        listings(version);
        operation();
    }

    private UUID registration() {
        String everything =
                """
                {"machine_name":"gpu-01","ip_address":"127.0.0.1","ollama_version":"0.33.0","ollama_port":11434,
                 "agent_api_port":%d,"gpu_available":true,
                 "gpu_devices":[{"id":"GPU-1","vendor":"nvidia","model":"NVIDIA GeForce RTX 3090","count":1,
                                 "memory":25769803776,"memory_used":1000,"utilization":3,"temperature":41,
                                 "driver":"570.1","compute_capability":"8.6"}],
                 "agent_version":"1","ollama":"ok",
                 "installed_models":[{"name":"llama3.2:3b","size":2000000000,"digest":"%s",
                                      "installed_at":"2025-11-14T10:00:00Z"}],
                 "loaded_models":["llama3.2:3b"],"disk_total":2000000000000,"disk_free":1000000000000%s}
                """;
        Exchange registered =
                client.post("/api/agents", everything.formatted(fleet.agentPort(), DIGEST, ""));
        UUID node = registered.id("agent_id");
        client.post(
                "/api/agents",
                everything.formatted(
                        fleet.agentPort(), DIGEST, ",\"agent_id\":\"%s\"".formatted(node)));
        client.post(
                "/api/health",
                """
                {"agent_id":"%s","cpu_usage":12.5,"memory_usage":40,"gpu_usage":97.0,"gpu_memory_total_mb":24576,
                 "gpu_memory_used_mb":13312,"gpu_temperature":71.5,"loaded_models":["llama3.2:3b"],
                 "disk_total":2000000000000,"disk_free":1000000000000,"gpu_devices":[],"ollama":"unreachable",
                 "installed_models":[{"name":"llama3.2:3b","size":2000000000,"digest":"%s",
                                      "installed_at":"2025-11-14T10:00:00Z"}],
                 "ollama_version":"0.33.1","tasks":[],"leaving":false,
                 "instance":"7d2f1f6a-2b1e-4a57-9f55-0a4f6f3a9c11"}
                """
                        .formatted(node, DIGEST));
        client.put(
                "/api/agents/" + node + "/settings",
                """
                {"custom_name":"left rack","tags":["rack 1"],"notes":"new fan","schedulable":true}
                """);
        client.get("/api/agents/" + node);
        client.get("/api/agents/" + node + "/models");
        UUID automatic = registered.id("download_task_id");
        awaitStatus(automatic, "queued");
        client.post("/api/tasks/" + automatic + "/cancel");
        client.post("/api/health", "{\"agent_id\":\"%s\",\"ollama\":\"ok\"}".formatted(node));
        return node;
    }

    private void lifeOfATask(UUID node) {
        UUID task = pull(node, "gpt-oss:20b");
        awaitStatus(task, "queued");
        heartbeat(node);
        String progress = "/api/tasks/" + task + "/progress";
        client.post(
                progress,
                """
                {"progress":0.45,"speed":10485760,"status":"downloading","bytes_completed":5625000000,
                 "bytes_total":12500000000}
                """);
        client.get("/api/tasks/" + task);
        for (String status : List.of("pending", "queued", "verifying")) {
            client.post(progress, "{\"status\":\"%s\"}".formatted(status));
        }
        client.get("/api/tasks/" + task);
        client.post(progress, "{\"progress\":1.0,\"speed\":0}");
        client.get("/api/tasks/" + task);
        client.post(
                "/api/tasks/" + pull(node, "gpt-oss:20b") + "/progress",
                "{\"status\":\"completed\"}");
        client.post(
                "/api/tasks/" + pull(node, "gpt-oss:20b") + "/progress",
                "{\"status\":\"cancelled\"}");
        // Nobody listens where this one is sent to.
        UUID lost = fleet.node("gpu-lost", ContractAgent.unusedPort());
        client.get("/api/tasks/" + pull(lost, "llama3.2:3b"));
    }

    private void retryAndCancel(UUID node) {
        UUID failed = fleet.failedTask(node);
        client.get("/api/tasks/" + failed);
        UUID again = client.post("/api/tasks/" + failed + "/retry").id("task_id");
        client.get("/api/tasks/" + again);
        client.post("/api/tasks/" + again + "/cancel");
    }

    private void removals(UUID node) {
        client.post(
                "/api/health",
                """
                {"agent_id":"%s","installed_models":[{"name":"%s"},{"name":"llama3.2:3b"}]}
                """
                        .formatted(node, LONG_NAME));
        String models = "/api/agents/" + node + "/models/";
        UUID task = client.delete(models + LONG_NAME).id("task_id");
        client.delete(models + LONG_NAME.replace("/", "%2F"));
        heartbeat(node);
        client.post("/api/tasks/" + task + "/progress", "{\"progress\":1.0}");
    }

    private void distributions(UUID node) {
        UUID off = fleet.node("gpu-off");
        fleet.leave(off);
        UUID paused = fleet.node("gpu-paused");
        fleet.pause(paused);
        UUID full = fleet.node("gpu-full");
        fleet.fill(full);
        client.post(
                "/api/models/distribute",
                """
                {"model_name":"llama3.2:3b","target":"all","if_installed":"skip","on_unavailable":"refuse"}
                """);
        client.post(
                "/api/models/distribute",
                """
                {"model_name":"phi3:mini","target":"specific","agent_ids":["%s","%s"],"on_unavailable":"queue",
                 "if_installed":"pull"}
                """
                        .formatted(node, off));
        client.post(
                "/api/agents/" + full + "/models/pull",
                "{\"model_name\":\"mistral:7b\",\"on_unavailable\":\"queue\"}");
        client.delete("/api/agents/" + paused);
    }

    private void listings(long version) {
        client.get("/api/agents");
        client.get("/api/changes?since=" + version);
        client.get("/api/changes");
        String cursor = client.get("/api/tasks?limit=1").text("next_cursor");
        client.get("/api/tasks?limit=1&cursor=" + cursor);
        client.get("/api/tasks?status=pending,queued&model_name=phi3:mini");
        client.get("/api/models/available");
    }

    private void operation() {
        client.get("/health");
        client.get("/health/live");
        client.get("/health/ready");
        client.get("/metrics");
        client.get("/openapi.yaml");
    }

    private void heartbeat(UUID node) {
        client.post("/api/health", "{\"agent_id\":\"%s\",\"tasks\":[]}".formatted(node));
    }

    private UUID pull(UUID node, String model) {
        return client.post("/api/agents/" + node + "/models/pull", ContractFleet.pull(model))
                .id("task_id");
    }

    private void awaitStatus(UUID task, String status) {
        await().until(() -> client.get("/api/tasks/" + task).text("status").equals(status));
    }
}
