package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.change.ChangeLog.Kind;
import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.coordinator.task.TaskBoard;
import io.modelfleet.coordinator.task.TaskFilter;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.Changes;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is new since the caller last asked. */
final class ChangeRoutes {
    /** Finished tasks that a full answer brings along; older ones are read page by page. */
    private static final int RECENT_TASKS = 500;

    private final ChangeLog changes;
    private final NodeInventory nodes;
    private final TaskBoard board;

    ChangeRoutes(ChangeLog changes, NodeInventory nodes, TaskBoard board) {
        this.changes = changes;
        this.nodes = nodes;
        this.board = board;
    }

    List<Route> table() {
        return List.of(Route.get("/api/changes", this::changes));
    }

    private Answer changes(Call call) {
        long since = call.queryNumber("since", Long.MIN_VALUE, Long.MAX_VALUE).orElse(-1L);
        ChangeLog.Delta delta = changes.since(since);
        return Answer.ok(delta.full() ? everything(delta.version()) : part(delta));
    }

    private Changes everything(long version) {
        Collection<Node> all = nodes.all();
        Map<UUID, TaskState> tasks = new LinkedHashMap<>();
        board.list(new TaskFilter(Set.of(), null, null, null, RECENT_TASKS))
                .forEach(task -> tasks.put(task.id(), task));
        board.active().forEach(task -> tasks.put(task.id(), task));
        return new Changes(
                version,
                true,
                all.stream().map(Views::agent).toList(),
                List.of(),
                all.stream().map(Views::nodeModels).toList(),
                tasks.values().stream().map(Views::task).toList());
    }

    private Changes part(ChangeLog.Delta delta) {
        List<UUID> removed = new ArrayList<>(ids(delta, Kind.AGENT_REMOVED).toList());
        removed.removeIf(id -> nodes.find(id).isPresent());
        return new Changes(
                delta.version(),
                false,
                ids(delta, Kind.AGENT).flatMap(found(nodes::find)).map(Views::agent).toList(),
                removed,
                ids(delta, Kind.MODELS).flatMap(found(nodes::find)).map(Views::nodeModels).toList(),
                ids(delta, Kind.TASK).flatMap(found(board::find)).map(Views::task).toList());
    }

    private static Stream<UUID> ids(ChangeLog.Delta delta, Kind kind) {
        return delta.keys().stream().filter(key -> key.kind() == kind).map(ChangeLog.Key::id);
    }

    private static <T> Function<UUID, Stream<T>> found(Function<UUID, Optional<T>> find) {
        return id -> find.apply(id).stream();
    }
}
