package io.modelfleet.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.OpenApiDocument.Operation;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.protocol.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document is sound in itself. */
class OpenApiDocumentTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final OpenApiDocument document = OpenApiDocument.load();

    @Test
    void itIsOpenApi31() {
        assertThat(document.root().path("openapi").asText()).startsWith("3.1.");
        assertThat(document.root().path("info").path("title").asText()).isNotBlank();
        assertThat(document.root().path("info").path("version").asText()).isNotBlank();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(references())
                .isNotEmpty()
                .allSatisfy(
                        reference -> {
                            assertThat(reference).startsWith("#/components/");
                            assertThat(document.root().at(reference.substring(1)).isObject())
                                    .isTrue();
                        });
    }

    @Test
    void everyComponentIsUsed() {
        Set<String> declared = new TreeSet<>();
        JsonNode components = document.root().path("components");
        for (Map.Entry<String, JsonNode> kind : components.properties()) {
            for (Map.Entry<String, JsonNode> component : kind.getValue().properties()) {
                declared.add("#/components/" + kind.getKey() + "/" + component.getKey());
            }
        }
        assertThat(declared).isEqualTo(new TreeSet<>(references()));
    }

    private List<String> references() {
        return document.root().findValuesAsText("$ref");
    }

    @Test
    void everyOperationIsNamedExplainedAndTagged() {
        List<String> tags = document.root().path("tags").findValuesAsText("name");
        List<String> ids = new ArrayList<>();
        for (Operation key : document.operations()) {
            JsonNode operation = document.operation(key);
            ids.add(operation.path("operationId").asText());
            assertThat(operation.path("operationId").asText()).as("%s", key).isNotBlank();
            assertThat(operation.path("summary").asText()).as("%s", key).isNotBlank();
            assertThat(operation.path("tags")).as("%s", key).isNotEmpty();
            operation.path("tags").forEach(tag -> assertThat(tags).contains(tag.asText()));
            assertThat(document.statuses(key)).as("%s", key).isNotEmpty();
            for (int status : document.statuses(key)) {
                assertThat(document.response(key, status).path("description").asText())
                        .as("%s %s", key, status)
                        .isNotBlank();
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void everyParameterOfAPathIsDescribed() {
        for (Map.Entry<String, JsonNode> path : document.root().path("paths").properties()) {
            List<String> described = new ArrayList<>();
            for (JsonNode parameter : path.getValue().path("parameters")) {
                JsonNode resolved = document.resolved(parameter);
                assertThat(resolved.path("in").asText()).isEqualTo("path");
                assertThat(resolved.path("required").asBoolean()).isTrue();
                described.add(resolved.path("name").asText());
            }
            List<String> named =
                    PARAMETER.matcher(path.getKey()).results().map(m -> m.group(1)).toList();
            assertThat(described).as(path.getKey()).isEqualTo(named);
        }
    }

    @Test
    void everyExampleFitsItsSchema() {
        List<JsonNode> contents = document.root().findValues("application/json");
        assertThat(contents).isNotEmpty();
        for (JsonNode content : contents) {
            for (JsonNode example : content.path("examples")) {
                assertThat(document.errorsWhenClosed(content.path("schema"), example.path("value")))
                        .as("%s", example)
                        .isEmpty();
            }
        }
    }

    @Test
    void everyExampleOfAValueFitsItsSchema() {
        document.root()
                .path("components")
                .path("schemas")
                .forEach(
                        schema -> {
                            checkExamples(schema);
                            schema.path("properties").forEach(this::checkExamples);
                        });
    }

    private void checkExamples(JsonNode schema) {
        for (JsonNode example : schema.path("examples")) {
            assertThat(document.errors(schema, example)).as("%s", schema).isEmpty();
        }
    }

    /** What a request's schema leaves out nobody would send. */
    @Test
    void requestsHaveTheFieldsThatTheServerReads() {
        Map.of(
                        "Registration", Registration.class,
                        "Heartbeat", Heartbeat.class,
                        "ProgressReport", ProgressReport.class,
                        "PullRequest", PullRequest.class,
                        "DistributeRequest", DistributeRequest.class)
                .forEach(
                        (name, type) ->
                                assertThat(
                                                document.root()
                                                        .at("/components/schemas/" + name)
                                                        .path("properties")
                                                        .fieldNames())
                                        .toIterable()
                                        .as(name)
                                        .containsExactlyInAnyOrderElementsOf(fields(type)));
    }

    private static Set<String> fields(Class<?> type) {
        return Json.mapper()
                .getDeserializationConfig()
                .introspect(Json.mapper().constructType(type))
                .findProperties()
                .stream()
                .map(property -> property.getName())
                .collect(Collectors.toSet());
    }
}
