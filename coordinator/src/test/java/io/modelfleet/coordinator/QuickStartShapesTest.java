package io.modelfleet.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every answer that the quick start shows, asked for as the quick start asks. */
class QuickStartShapesTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void theProgressOfATask() {
        try (ContractFleet fleet = start()) {
            UUID node = fleet.node("gpu-01");
            UUID task = pull(fleet, node, "gpt-oss:20b").id("task_id");
            fleet.client.post(
                    "/api/tasks/" + task + "/progress", "{\"progress\":0.45,\"speed\":10485760}");
            JsonNode shown = fleet.client.get("/api/tasks/" + task).json();
            assertThat(shown.fieldNames())
                    .toIterable()
                    .contains(
                            "id",
                            "agent_id",
                            "model_name",
                            "status",
                            "progress",
                            "download_speed_bps",
                            "created_at",
                            "updated_at");
            assertThat(shown.path("id").asText()).isEqualTo(task.toString());
            assertThat(shown.path("agent_id").asText()).isEqualTo(node.toString());
            assertThat(shown.path("model_name").asText()).isEqualTo("gpt-oss:20b");
            assertThat(shown.path("status").asText()).isEqualTo("downloading");
            assertThat(shown.path("progress").asDouble()).isEqualTo(0.45);
            assertThat(shown.path("download_speed_bps").toString()).isEqualTo("10485760");
            assertThat(shown.path("created_at").asText()).matches("\\d{4}-.*T.*Z");
        }
    }

    @Test
    void theAvailableModels() {
        try (ContractFleet fleet = start()) {
            assertThat(fleet.client.get("/api/models/available").json())
                    .isEqualTo(
                            json(
                                    """
                                    {
                                      "models": [
                                        {
                                          "name": "llama3.2:3b",
                                          "display_name": "Llama 3.2 (3B)",
                                          "size_gb": 2.0,
                                          "description": "Meta's Llama 3.2 model, 3 billion parameters"
                                        },
                                        {
                                          "name": "mistral:7b",
                                          "display_name": "Mistral (7B)",
                                          "size_gb": 4.1,
                                          "description": "Mistral AI's 7B parameter model"
                                        }
                                      ],
                                      "source": "ollama_library"
                                    }
                                    """));
        }
    }

    @Test
    void aPullAndADistribution() {
        try (ContractFleet fleet = start()) {
            UUID node = fleet.node("gpu-01");
            UUID other = fleet.node("gpu-02");
            assertThat(pull(fleet, node, "llama3.2:3b").json().fieldNames())
                    .toIterable()
                    .containsExactly("task_id");
            String specific =
                    """
                    {
                      "model_name": "phi3:mini",
                      "target": "specific",
                      "agent_ids": [
                        "%s",
                        "%s"
                      ]
                    }
                    """
                            .formatted(node, other);
            String all = "{\"model_name\": \"mistral:7b\", \"target\": \"all\"}";
            for (String body : List.of(all, specific)) {
                JsonNode reply = fleet.client.post("/api/models/distribute", body).json();
                assertThat(reply.fieldNames()).toIterable().containsExactly("task_ids");
                assertThat(reply.path("task_ids")).hasSize(2);
            }
        }
    }

    @Test
    void theModelsOfANode() {
        try (ContractFleet fleet = start()) {
            UUID node = fleet.node("gpu-01");
            fleet.client.post(
                    "/api/health",
                    """
                    {"agent_id":"%s","installed_models":[
                      {"name":"llama3.2:3b","size":2000000000,"installed_at":"2025-11-14T11:30:00Z"},
                      {"name":"gpt-oss:20b","size":12512345678,"installed_at":"2025-11-14T10:00:00Z"}]}
                    """
                            .formatted(node));
            assertThat(fleet.client.get("/api/agents/" + node + "/models").json())
                    .isEqualTo(
                            json(
                                    """
                                    [
                                      {"name":"gpt-oss:20b","size_gb":12.5,"installed_at":"2025-11-14T10:00:00Z",
                                       "size":12512345678,"loaded":false},
                                      {"name":"llama3.2:3b","size_gb":2.0,"installed_at":"2025-11-14T11:30:00Z",
                                       "size":2000000000,"loaded":false}
                                    ]
                                    """));
        }
    }

    @Test
    void theThreeErrors() {
        try (ContractFleet fleet = start()) {
            UUID node = fleet.node("gpu-01");
            fleet.client.post(
                    "/api/health",
                    "{\"agent_id\":\"%s\",\"disk_free\":8200000000}".formatted(node));
            assertError(pull(fleet, node, "gpt-oss:20b"), 507, "ストレージ容量不足: 必要容量 12.5GB、空き容量 8.2GB");
            fleet.leave(node);
            assertError(pull(fleet, node, "llama3.2"), 503, "ノード " + node + " はオフラインです");
            assertError(
                    fleet.client.post(
                            "/api/models/distribute",
                            "{\"model_name\": \"Invalid@Model#Name\", \"target\": \"all\"}"),
                    400,
                    "無効なモデル名: Invalid@Model#Name");
        }
    }

    private static void assertError(Exchange exchange, int status, String text) {
        assertThat(exchange.status()).as("%s", exchange).isEqualTo(status);
        assertThat(exchange.text("error")).isEqualTo(text);
        assertThat(exchange.json().fieldNames()).toIterable().containsExactly("error", "code");
    }

    private ContractFleet start() {
        return ContractFleet.start(folder, new ArrayList<>());
    }

    private static Exchange pull(ContractFleet fleet, UUID node, String model) {
        return fleet.client.post("/api/agents/" + node + "/models/pull", ContractFleet.pull(model));
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
