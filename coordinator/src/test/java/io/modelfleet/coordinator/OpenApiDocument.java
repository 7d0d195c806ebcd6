package io.modelfleet.coordinator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The coordinator's OpenAPI document, as tests question it. */
final class OpenApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode root;
    private final JsonNode components;
    private final JsonNode closedComponents;
    private final SchemaRegistry schemas =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    /**
     * @param method in capitals
     * @param path as the document's key
     */
    record Operation(String method, String path) implements Comparable<Operation> {
        @Override
        public int compareTo(Operation other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return path + " " + method;
        }
    }

    OpenApiDocument(JsonNode root) {
        this.root = root;
        this.components = root.path("components");
        this.closedComponents = components.deepCopy();
        close(closedComponents);
    }

    static String text() {
        try (InputStream stream = Coordinator.class.getResourceAsStream("http/openapi.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("no document");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OpenApiDocument load() {
        try {
            return new OpenApiDocument(new YAMLMapper().readTree(text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    Set<Operation> operations() {
        Set<Operation> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> part : path.getValue().properties()) {
                if (METHODS.contains(part.getKey())) {
                    operations.add(
                            new Operation(part.getKey().toUpperCase(Locale.ROOT), path.getKey()));
                }
            }
        }
        return operations;
    }

    JsonNode operation(Operation operation) {
        return root.path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT));
    }

    /** The documented statuses, in their order. */
    List<Integer> statuses(Operation operation) {
        List<Integer> statuses = new ArrayList<>();
        operation(operation)
                .path("responses")
                .fieldNames()
                .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        return statuses;
    }

    JsonNode response(Operation operation, int status) {
        return resolved(operation(operation).path("responses").path(String.valueOf(status)));
    }

    /** The schema of an answer's JSON; missing where it has none. */
    JsonNode responseSchema(Operation operation, int status) {
        return response(operation, status).path("content").path("application/json").path("schema");
    }

    /** The schema of a request's JSON; missing where it has none. */
    JsonNode requestSchema(Operation operation) {
        return operation(operation)
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
    }

    /** What a reference points to, or the node itself; missing where it points to nothing. */
    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isTextual() ? root.at(reference.asText().substring(1)) : node;
    }

    /** What is wrong with a value in which fields that the schema does not name are allowed. */
    List<Error> errors(JsonNode schema, JsonNode value) {
        return errors(schema, components, value);
    }

    /** What is wrong with a value, fields that the schema does not name included. */
    List<Error> errorsWhenClosed(JsonNode schema, JsonNode value) {
        JsonNode closed = schema.deepCopy();
        close(closed);
        return errors(closed, closedComponents, value);
    }

    private List<Error> errors(JsonNode schema, JsonNode definitions, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", definitions);
        return schemas.getSchema(whole).validate(value);
    }

    /** Forbids fields that are not named, everywhere. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("type").asText().equals("object")) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApiDocument::close);
    }
}
