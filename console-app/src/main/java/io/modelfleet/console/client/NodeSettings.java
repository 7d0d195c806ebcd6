package io.modelfleet.console.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelfleet.protocol.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of an operator's settings for a node: only what is named here changes. */
public final class NodeSettings {
    private final ObjectNode fields;

    private NodeSettings(ObjectNode fields) {
        this.fields = fields;
    }

    /** Changes nothing yet. */
    public static NodeSettings none() {
        return new NodeSettings(Json.mapper().createObjectNode());
    }

    /** Whether the node may get new work. */
    public NodeSettings schedulable(boolean wished) {
        return new NodeSettings(fields.deepCopy().put("schedulable", wished));
    }

    /**
     * @param name {@code null} goes back to the machine's own name
     */
    public NodeSettings customName(@Nullable String name) {
        return new NodeSettings(fields.deepCopy().put("custom_name", name));
    }

    /**
     * @param notes {@code null} clears them
     */
    public NodeSettings notes(@Nullable String notes) {
        return new NodeSettings(fields.deepCopy().put("notes", notes));
    }

    /** Replaces all tags. */
    public NodeSettings tags(List<String> tags) {
        ObjectNode copy = fields.deepCopy();
        tags.forEach(copy.putArray("tags")::add);
        return new NodeSettings(copy);
    }

    byte[] json() {
        return Json.write(fields);
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
