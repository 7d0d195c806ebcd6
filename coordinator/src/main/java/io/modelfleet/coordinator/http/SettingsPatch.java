package io.modelfleet.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelfleet.coordinator.node.NodeSettings;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /api/agents/{id}/settings}: {@code null} clears a setting, one that is absent stays.
 */
final class SettingsPatch {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NOTES = 4000;
    private static final int MOST_TAGS = 50;

    private final ObjectNode patch;

    private SettingsPatch(ObjectNode patch) {
        this.patch = patch;
    }

    static SettingsPatch parse(byte[] body) {
        if (Json.read(body, JsonNode.class) instanceof ObjectNode patch) {
            return new SettingsPatch(patch);
        }
        throw new FleetException(ErrorCode.INVALID_REQUEST, "INVALID_REQUEST.body");
    }

    NodeSettings apply(NodeSettings old) {
        return new NodeSettings(
                patch.has("custom_name") ? text("custom_name", LONGEST_NAME) : old.customName(),
                patch.has("tags") ? tags() : old.tags(),
                patch.has("notes") ? text("notes", LONGEST_NOTES) : old.notes(),
                patch.has("schedulable") ? schedulable() : old.schedulable());
    }

    private @Nullable String text(String field, int longest) {
        JsonNode value = patch.get(field);
        return value == null || value.isNull() ? null : checked(field, value, longest);
    }

    private static String checked(String field, JsonNode value, int longest) {
        if (!value.isTextual()) {
            throw new FleetException(ErrorCode.INVALID_REQUEST, "INVALID_REQUEST.type", field);
        }
        String text = value.textValue().strip();
        boolean printable =
                text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        if (text.isEmpty() || text.length() > longest || !printable) {
            throw FleetException.invalidValue(
                    field, text, "1–" + longest + " printable characters");
        }
        return text;
    }

    private List<String> tags() {
        JsonNode value = patch.path("tags");
        if (value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new FleetException(ErrorCode.INVALID_REQUEST, "INVALID_REQUEST.type", "tags");
        }
        if (value.size() > MOST_TAGS) {
            throw FleetException.invalidValue("tags", value.size(), "<= " + MOST_TAGS);
        }
        List<String> tags = new ArrayList<>();
        value.forEach(tag -> tags.add(checked("tags", tag, LONGEST_NAME)));
        return tags.stream().distinct().toList();
    }

    private boolean schedulable() {
        JsonNode value = patch.path("schedulable");
        if (!value.isBoolean() && !value.isNull()) {
            throw new FleetException(
                    ErrorCode.INVALID_REQUEST, "INVALID_REQUEST.type", "schedulable");
        }
        return value.isNull() || value.booleanValue();
    }
}
