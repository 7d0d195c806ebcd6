package io.modelfleet.coordinator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the document's fields and listed values occurred: {@code Task.progress}, {@code
 * TaskStatus=failed}.
 */
final class SchemaCoverage {
    private final OpenApiDocument document;
    private final Set<String> described = new TreeSet<>();
    private final Set<String> occurred = new TreeSet<>();

    SchemaCoverage(OpenApiDocument document) {
        this.document = document;
    }

    /** Takes note of all that a schema describes. */
    void describe(String place, JsonNode schema) {
        if (schema.has("$ref")) {
            describe(target(schema), document.resolved(schema));
            return;
        }
        schema.path("enum").forEach(value -> described.add(place + "=" + value.asText()));
        schema.path("properties")
                .properties()
                .forEach(
                        property -> {
                            String field = place + "." + property.getKey();
                            described.add(field);
                            describe(field, property.getValue());
                        });
        if (schema.has("items")) {
            describe(place, schema.path("items"));
        }
    }

    /** Takes note of what of it a value contains. */
    void occur(String place, JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            occur(target(schema), document.resolved(schema), value);
            return;
        }
        if (schema.has("enum")) {
            occurred.add(place + "=" + value.asText());
        }
        schema.path("properties")
                .properties()
                .forEach(
                        property -> {
                            if (value.has(property.getKey())) {
                                String field = place + "." + property.getKey();
                                occurred.add(field);
                                occur(field, property.getValue(), value.path(property.getKey()));
                            }
                        });
        if (schema.has("items")) {
            value.forEach(item -> occur(place, schema.path("items"), item));
        }
    }

    /** What is described and never occurred. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>(described);
        missing.removeAll(occurred);
        return missing;
    }

    private static String target(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
