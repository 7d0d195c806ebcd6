package io.modelfleet.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir static Path folder;
    private static Fleet fleet;
    private static UUID node;

    @BeforeAll
    static void start() {
        fleet = new Fleet(folder, Fleet.OFF);
        node = fleet.register(StubAgent.registration("gpu-1", 9, "1.0", 8_000_000_000L));
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @BeforeEach
    void set() {
        patch(
                """
                {"custom_name":"研究室 1","tags":["lab","a100"],"notes":"two fans\\nthird row","schedulable":false}
                """);
    }

    @Test
    void allSettingsAreKept() {
        JsonNode shown = fleet.api().get("/api/agents/" + node).json();
        assertThat(shown.path("custom_name").asText()).isEqualTo("研究室 1");
        assertThat(shown.path("tags").toString()).isEqualTo("[\"lab\",\"a100\"]");
        assertThat(shown.path("notes").asText()).isEqualTo("two fans\nthird row");
        assertThat(shown.path("schedulable").asBoolean()).isFalse();
    }

    @Test
    void absentKeeps() {
        JsonNode shown = patch("{\"notes\":\"new\"}");
        assertThat(shown.path("notes").asText()).isEqualTo("new");
        assertThat(shown.path("custom_name").asText()).isEqualTo("研究室 1");
        assertThat(shown.path("tags")).hasSize(2);
        assertThat(shown.path("schedulable").asBoolean()).isFalse();
        assertThat(patch("{}")).isEqualTo(shown);
    }

    @Test
    void nullClears() {
        JsonNode shown =
                patch("{\"custom_name\":null,\"tags\":null,\"notes\":null,\"schedulable\":null}");
        assertThat(shown.has("custom_name")).isFalse();
        assertThat(shown.path("tags").isArray()).isTrue();
        assertThat(shown.path("tags")).isEmpty();
        assertThat(shown.has("notes")).isFalse();
        assertThat(shown.path("schedulable").asBoolean()).isTrue();
    }

    @Test
    void textIsTrimmedAndTagsAreKeptOnce() {
        JsonNode shown = patch("{\"custom_name\":\"  x  \",\"tags\":[\"a\",\" a\",\"b\"]}");
        assertThat(shown.path("custom_name").asText()).isEqualTo("x");
        assertThat(shown.path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"custom_name\":\"\"}",
                "{\"custom_name\":\"  \"}",
                "{\"custom_name\":5}",
                "{\"custom_name\":[]}",
                "{\"custom_name\":\"a\\u0000\"}",
                "{\"custom_name\":\"a\\u001b[31m\"}",
                "{\"tags\":\"lab\"}",
                "{\"tags\":{}}",
                "{\"tags\":[1]}",
                "{\"tags\":[null]}",
                "{\"tags\":[\"\"]}",
                "{\"notes\":true}",
                "{\"schedulable\":\"yes\"}",
                "{\"schedulable\":1}",
                "{\"notes\":\"good\",\"schedulable\":\"bad\"}"
            })
    void wrongValueIsRefusedAndNothingOfThePatchIsTaken(String patch) {
        JsonNode before = fleet.api().get("/api/agents/" + node).json();

        assertThat(fleet.api().put("/api/agents/" + node + "/settings", patch).refusal())
                .isEqualTo("400 INVALID_REQUEST");

        assertThat(fleet.api().get("/api/agents/" + node).json()).isEqualTo(before);
    }

    @Test
    void lengthsAreLimited() {
        for (String patch :
                new String[] {
                    "{\"custom_name\":\"" + "x".repeat(101) + "\"}",
                    "{\"notes\":\"" + "x".repeat(4001) + "\"}",
                    "{\"tags\":[\"" + "x".repeat(101) + "\"]}",
                    "{\"tags\":[" + "\"x\",".repeat(50) + "\"x\"]}"
                }) {
            assertThat(fleet.api().put("/api/agents/" + node + "/settings", patch).refusal())
                    .isEqualTo("400 INVALID_REQUEST");
        }
    }

    private static JsonNode patch(String patch) {
        var reply = fleet.api().put("/api/agents/" + node + "/settings", patch);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }
}
