package io.modelfleet.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelfleet.coordinator.OpenApiDocument.Operation;
import io.modelfleet.protocol.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document's schemas forbid in a request the server refuses, and the reverse. */
class OpenApiConstraintsTest {
    private static final String REGISTER = "POST /api/agents";
    private static final String HEARTBEAT = "POST /api/health";
    private static final String PROGRESS = "POST /api/tasks/{id}/progress";
    private static final String SETTINGS = "PUT /api/agents/{id}/settings";
    private static final String PULL = "POST /api/agents/{id}/models/pull";
    private static final String DISTRIBUTE = "POST /api/models/distribute";

    private final OpenApiDocument document = OpenApiDocument.load();

    @TempDir private Path folder = Path.of("");

    @Test
    void whatARegistrationMayNotSay() {
        refused(
                REGISTER,
                "{'machine_name':null}",
                "{'machine_name':''}",
                "{'machine_name':'%s'}".formatted("m".repeat(501)),
                "{'agent_id':'1'}",
                "{'ip_address':null}",
                "{'ip_address':'http://gpu-01/'}",
                "{'ollama_version':'%s'}".formatted("9".repeat(101)),
                "{'ollama_port':null}",
                "{'ollama_port':0}",
                "{'ollama_port':65536}",
                "{'ollama_port':'11434'}",
                "{'agent_api_port':70000}",
                "{'agent_version':'%s'}".formatted("9".repeat(101)),
                "{'instance':'first'}",
                "{'disk_total':-1}",
                "{'disk_free':1.5}");
    }

    @Test
    void whatARegistrationMayNotSayOfDevicesAndModels() {
        refused(
                REGISTER,
                "{'gpu_devices':null}",
                "{'gpu_devices':[]}",
                "{'gpu_devices':[{}]}",
                "{'gpu_devices':[{'model':'T4','count':0}]}",
                "{'gpu_devices':[{'model':'T4','count':1025}]}",
                "{'gpu_devices':[{'model':'T4','memory':-1}]}",
                "{'gpu_devices':[{'model':'T4','memory_used':-1}]}",
                "{'installed_models':[{'size':1}]}",
                "{'installed_models':[{'name':'a','size':-1}]}",
                "{'installed_models':[{'name':'a','digest':'sha256:12'}]}",
                "{'installed_models':[{'name':'a','installed_at':'today'}]}",
                "{'loaded_models':['a b']}");
    }

    @Test
    void whatAHeartbeatMayNotSay() {
        refused(
                HEARTBEAT,
                "{'agent_id':null}",
                "{'cpu_usage':100.5}",
                "{'memory_usage':-1}",
                "{'gpu_usage':101}",
                "{'gpu_memory_total_mb':-1}",
                "{'gpu_memory_used_mb':-1}",
                "{'ollama_version':'%s'}".formatted("9".repeat(101)),
                "{'disk_total':-1}",
                "{'disk_free':-1}",
                "{'tasks':['1']}",
                "{'leaving':'yes'}");
    }

    @Test
    void whatAProgressReportMayNotSay() {
        refused(
                PROGRESS,
                "{'progress':null}",
                "{'progress':1.01}",
                "{'progress':-0.1}",
                "{'progress':'half'}",
                "{'speed':-1}",
                "{'status':3}",
                "{'bytes_completed':-1}",
                "{'bytes_total':-1}");
    }

    @Test
    void whatSettingsMayNotBe() {
        refused(
                SETTINGS,
                "{'custom_name':''}",
                "{'custom_name':'%s'}".formatted("n".repeat(101)),
                "{'tags':'rack'}",
                "{'tags':[1]}",
                "{'tags':['']}",
                "{'tags':[%s'a']}".formatted("'a',".repeat(50)),
                "{'notes':'%s'}".formatted("n".repeat(4001)),
                "{'notes':5}",
                "{'schedulable':'no'}");
    }

    @Test
    void whatAWishMayNotSay() {
        for (String call : List.of(PULL, DISTRIBUTE)) {
            refused(
                    call,
                    "{'model_name':null}",
                    "{'model_name':'a@b'}",
                    "{'model_name':5}",
                    "{'on_unavailable':'wait'}");
        }
        refused(
                DISTRIBUTE,
                "{'target':null}",
                "{'target':'some'}",
                "{'agent_ids':null}",
                "{'agent_ids':[]}",
                "{'agent_ids':['1']}",
                "{'if_installed':'maybe'}");
    }

    /**
     * Changes one field of a proper body at a time.
     *
     * @param changes with single quotes; {@code null} takes a field away
     */
    private void refused(String call, String... changes) {
        try (ContractFleet fleet = ContractFleet.start(folder, new ArrayList<>())) {
            UUID node = fleet.node("gpu-01");
            String method = call.substring(0, call.indexOf(' '));
            String path = call.substring(call.indexOf(' ') + 1);
            JsonNode schema = document.requestSchema(new Operation(method, path));
            ObjectNode proper = object(proper(call, node));
            assertThat(document.errors(schema, proper)).as(call).isEmpty();
            for (String change : changes) {
                ObjectNode body = changed(proper, object(change.replace('\'', '"')));
                assertThat(document.errors(schema, body)).as("%s %s", call, change).isNotEmpty();
                Exchange exchange =
                        fleet.client.json(
                                method, path.replace("{id}", node.toString()), body.toString());
                assertThat(exchange.text("code"))
                        .as("%s", exchange)
                        .isIn("INVALID_REQUEST", "INVALID_MODEL_NAME", "GPU_REQUIRED");
            }
        }
    }

    private static String proper(String call, UUID id) {
        return switch (call) {
            case REGISTER ->
                    """
                    {"machine_name":"gpu-02","ip_address":"127.0.0.1","ollama_port":11434,"gpu_devices":[{"model":"T4"}]}
                    """;
            case HEARTBEAT -> "{\"agent_id\":\"%s\"}".formatted(id);
            case PROGRESS -> "{\"progress\":0.5}";
            case SETTINGS -> "{}";
            case PULL -> ContractFleet.pull("mistral:7b");
            default ->
                    "{\"model_name\":\"mistral:7b\",\"target\":\"specific\",\"agent_ids\":[\"%s\"]}"
                            .formatted(id);
        };
    }

    private static ObjectNode changed(ObjectNode proper, ObjectNode change) {
        ObjectNode body = proper.deepCopy();
        for (Map.Entry<String, JsonNode> field : change.properties()) {
            if (field.getValue().isNull()) {
                body.remove(field.getKey());
            } else {
                body.set(field.getKey(), field.getValue());
            }
        }
        return body;
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
