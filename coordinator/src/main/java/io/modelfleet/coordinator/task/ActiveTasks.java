package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.db.Stored;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The active tasks, found by id, by node, and by what must not be done twice at a time. */
final class ActiveTasks {
    private static final Comparator<TaskState> OLDEST_FIRST =
            Comparator.comparing((TaskState task) -> task.origin().createdAt())
                    .thenComparing(TaskState::id);

    private final Map<UUID, Holder> active = new ConcurrentHashMap<>();
    private final Map<String, UUID> byKey = new ConcurrentHashMap<>();
    private final Map<UUID, Set<UUID>> byAgent = new ConcurrentHashMap<>();

    /** A task's present state; the monitor orders those who change it. */
    static final class Holder {
        private volatile TaskState task;
        private volatile Transfer written;
        private volatile long version;

        private Holder(Stored<TaskState> stored) {
            this.task = stored.value();
            this.written = stored.value().transfer();
            this.version = stored.version();
        }

        TaskState task() {
            return task;
        }

        void task(TaskState next) {
            task = next;
        }

        /**
         * What readers see: bytes only as far as the database knows of them, so that a restart
         * takes none back.
         */
        TaskState shown() {
            TaskState now = task;
            return now.with(written.atSpeedOf(now.transfer()), now.updatedAt());
        }

        /** At which version the database holds what must survive of it. */
        long version() {
            return version;
        }

        void written(Stored<TaskState> row) {
            written = row.value().transfer();
            version = row.version();
        }

        synchronized Stored<TaskState> stored() {
            return new Stored<>(task, version);
        }
    }

    @Nullable Holder holder(UUID id) {
        return active.get(id);
    }

    void remember(Stored<TaskState> stored) {
        TaskState task = stored.value();
        active.put(task.id(), new Holder(stored));
        byKey.put(task.origin().activeKey(), task.id());
        byAgent.computeIfAbsent(task.agentId(), id -> ConcurrentHashMap.newKeySet()).add(task.id());
    }

    void forget(TaskState task) {
        active.remove(task.id());
        byKey.remove(task.origin().activeKey(), task.id());
        Set<UUID> ofAgent = byAgent.get(task.agentId());
        if (ofAgent != null) {
            ofAgent.remove(task.id());
        }
    }

    Optional<TaskState> find(UUID id) {
        return Optional.ofNullable(active.get(id)).map(Holder::shown);
    }

    Optional<TaskState> find(UUID agentId, TaskKind kind, ModelName model) {
        return Optional.ofNullable(byKey.get(TaskOrigin.activeKey(agentId, kind, model)))
                .flatMap(this::find);
    }

    /** A node's tasks, oldest first. */
    List<TaskState> on(UUID agentId) {
        return byAgent.getOrDefault(agentId, Set.of()).stream()
                .map(active::get)
                .filter(Objects::nonNull)
                .map(Holder::shown)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    Collection<TaskState> all() {
        return active.values().stream().map(Holder::shown).toList();
    }
}
