package io.modelfleet.agent.link;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.TaskOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a heartbeat's answer wishes for, order by order: one that only a newer agent would
 * understand spoils none of the others.
 *
 * @param orders to be followed
 * @param strange to be refused
 */
record Wishes(List<TaskOrder> orders, List<Strange> strange) {
    private static final System.Logger LOG = System.getLogger(Wishes.class.getName());

    /**
     * @param cause what is not understood, for a person
     */
    record Strange(UUID task, String cause) {}

    /**
     * @return nothing when the answer names no tasks, as one of another make does
     * @throws FleetException when this is no JSON
     */
    static Optional<Wishes> read(byte[] body) {
        JsonNode tasks = Json.read(body, JsonNode.class).path("tasks");
        if (!tasks.isArray()) {
            return Optional.empty();
        }
        List<TaskOrder> orders = new ArrayList<>();
        List<Strange> strange = new ArrayList<>();
        for (JsonNode task : tasks) {
            try {
                orders.add(Json.read(bytes(task), TaskOrder.class));
            } catch (FleetException notUnderstood) {
                String cause = cause(task, notUnderstood);
                id(task).ifPresentOrElse(
                                id -> strange.add(new Strange(id, cause)), () -> nameless(cause));
            }
        }
        return Optional.of(new Wishes(orders, strange));
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<UUID> id(JsonNode task) {
        try {
            return Optional.ofNullable(Json.mapper().treeToValue(task.path("task_id"), UUID.class));
        } catch (JacksonException noId) {
            return Optional.empty();
        }
    }

    private static void nameless(String cause) {
        LOG.log(
                System.Logger.Level.WARNING,
                "An order without a task_id was passed over: " + cause);
    }

    private static String cause(JsonNode task, FleetException notUnderstood) {
        String kind = task.path("kind").asText("");
        return kind.isEmpty() || kind.equals("pull") || kind.equals("remove")
                ? notUnderstood.text(Locale.ENGLISH)
                : "it does not know tasks of the kind '" + kind + "'";
    }
}
