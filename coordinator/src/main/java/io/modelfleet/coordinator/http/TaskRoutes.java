package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.distribution.Distribution;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskFilter;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskPage;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.Route;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tasks as operators see and steer them. */
final class TaskRoutes {
    private static final int LARGEST_PAGE = 500;
    private static final int USUAL_PAGE = 100;

    private final TaskBoard board;
    private final Distribution distribution;

    TaskRoutes(TaskBoard board, Distribution distribution) {
        this.board = board;
        this.distribution = distribution;
    }

    List<Route> table() {
        return List.of(
                Route.get("/api/tasks", this::list),
                Route.get("/api/tasks/{id}", this::one),
                Route.post("/api/tasks/{id}/cancel", this::cancel),
                Route.post("/api/tasks/{id}/retry", this::retry));
    }

    private Answer list(Call call) {
        int limit =
                call.queryNumber("limit", 1, LARGEST_PAGE).map(Long::intValue).orElse(USUAL_PAGE);
        List<TaskState> tasks =
                board.list(
                        new TaskFilter(
                                statuses(call.query("status").orElse("")),
                                call.queryId("agent_id").orElse(null),
                                call.query("model_name").map(ModelName::parse).orElse(null),
                                call.query("cursor").map(TaskRoutes::position).orElse(null),
                                limit + 1));
        boolean more = tasks.size() > limit;
        List<TaskState> page = more ? tasks.subList(0, limit) : tasks;
        return Answer.ok(
                new TaskPage(
                        page.stream().map(Views::task).toList(),
                        more ? cursor(page.getLast()) : null));
    }

    private Answer one(Call call) {
        return Answer.ok(Views.task(board.require(call.id("id"))));
    }

    private Answer cancel(Call call) {
        return Answer.ok(Views.task(distribution.cancel(call.id("id"))));
    }

    private Answer retry(Call call) {
        return Answer.accepted(distribution.retry(call.id("id")));
    }

    private static Set<TaskStatus> statuses(String list) {
        Set<TaskStatus> statuses = EnumSet.noneOf(TaskStatus.class);
        for (String name : list.split(",", -1)) {
            if (!name.isBlank()) {
                statuses.add(status(name.strip()));
            }
        }
        return statuses;
    }

    private static TaskStatus status(String name) {
        return Arrays.stream(TaskStatus.values())
                .filter(status -> status.wire().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                FleetException.invalidValue(
                                        "status",
                                        name,
                                        Arrays.stream(TaskStatus.values())
                                                .map(TaskStatus::wire)
                                                .collect(Collectors.joining(", "))));
    }

    private static String cursor(TaskState last) {
        String position = last.origin().createdAt().toEpochMilli() + " " + last.id();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    private static TaskFilter.Position position(String cursor) {
        TaskFilter.@Nullable Position position = null;
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)
                            .split(" ", 2);
            if (parts.length == 2) {
                position =
                        new TaskFilter.Position(
                                Instant.ofEpochMilli(Long.parseLong(parts[0])),
                                UUID.fromString(parts[1]));
            }
        } catch (IllegalArgumentException notOurs) {
            // refused below
        }
        if (position == null) {
            throw FleetException.invalidValue("cursor", cursor, "next_cursor");
        }
        return position;
    }
}
