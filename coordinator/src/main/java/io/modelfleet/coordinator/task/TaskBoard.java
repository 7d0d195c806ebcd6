package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.change.ChangeLog.Kind;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.LogField;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * All tasks. The active ones stand in memory, with what moves too fast for the disk; a change of
 * status is on disk before anyone is told of it.
 */
public final class TaskBoard {
    private static final System.Logger LOG = System.getLogger(TaskBoard.class.getName());

    /** A speed older than this says nothing about now. */
    private static final Duration SPEED_IS_STALE = Duration.ofSeconds(5);

    private static final Comparator<TaskState> OLDEST_FIRST =
            Comparator.comparing((TaskState task) -> task.origin().createdAt())
                    .thenComparing(TaskState::id);

    private final TaskRepository repository;
    private final ChangeLog changes;
    private final InstantSource time;
    private final Map<UUID, Holder> active = new ConcurrentHashMap<>();
    private final Map<String, UUID> byKey = new ConcurrentHashMap<>();
    private final Map<UUID, Set<UUID>> byAgent = new ConcurrentHashMap<>();
    private final Set<UUID> moved = ConcurrentHashMap.newKeySet();
    private final Object creating = new Object();
    private volatile TaskListener listener = (old, now) -> {};

    /** A task's present state; its monitor orders the writers. */
    private static final class Holder {
        private volatile TaskState task;

        private Holder(TaskState task) {
            this.task = task;
        }
    }

    public TaskBoard(Database database, ChangeLog changes, InstantSource time) {
        this.repository = new TaskRepository(database);
        this.changes = changes;
        this.time = time;
    }

    /** Has someone told of every change from now on. */
    public void tell(TaskListener newListener) {
        listener = newListener;
    }

    /** Reads what an earlier process left undone. */
    public void load() {
        repository.active().forEach(this::remember);
    }

    /**
     * Creates tasks, all or none. Where a node already has an active task of the kind for the
     * model, that one stands in its place.
     *
     * @return in the order of {@code wanted}
     */
    public List<TaskState> create(List<TaskState> wanted) {
        synchronized (creating) {
            List<TaskState> fresh = new ArrayList<>();
            List<TaskState> result = new ArrayList<>();
            for (TaskState task : wanted) {
                Optional<TaskState> running =
                        active(task.agentId(), task.origin().kind(), task.origin().model());
                result.add(running.orElse(task));
                if (running.isEmpty()) {
                    fresh.add(task);
                }
            }
            if (!fresh.isEmpty()) {
                repository.insert(fresh);
            }
            fresh.forEach(this::remember);
            fresh.forEach(task -> changes.touch(Kind.TASK, task.id()));
            return result;
        }
    }

    private void remember(TaskState task) {
        active.put(task.id(), new Holder(task));
        byKey.put(task.origin().activeKey(), task.id());
        byAgent.computeIfAbsent(task.agentId(), id -> ConcurrentHashMap.newKeySet()).add(task.id());
    }

    private void forget(TaskState task) {
        active.remove(task.id());
        byKey.remove(task.origin().activeKey(), task.id());
        Set<UUID> ofAgent = byAgent.get(task.agentId());
        if (ofAgent != null) {
            ofAgent.remove(task.id());
        }
    }

    public Optional<TaskState> find(UUID id) {
        Holder holder = active.get(id);
        return holder == null ? repository.find(id) : Optional.of(holder.task);
    }

    /**
     * @throws FleetException {@link ErrorCode#TASK_NOT_FOUND}
     */
    public TaskState require(UUID id) {
        return find(id).orElseThrow(() -> FleetException.taskNotFound(id));
    }

    /** The active task of this kind for a model on a node. */
    public Optional<TaskState> active(UUID agentId, TaskKind kind, ModelName model) {
        UUID id = byKey.get(agentId + " " + kind.wire() + " " + model.key());
        return Optional.ofNullable(id).map(active::get).map(holder -> holder.task);
    }

    /** A node's active tasks, oldest first. */
    public List<TaskState> activeOn(UUID agentId) {
        return byAgent.getOrDefault(agentId, Set.of()).stream()
                .map(active::get)
                .filter(holder -> holder != null)
                .map(holder -> holder.task)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** All active tasks. */
    public Collection<TaskState> active() {
        return active.values().stream().map(holder -> holder.task).toList();
    }

    /** The newest task for a model on a node, finished or not. */
    public Optional<TaskState> newest(UUID agentId, ModelName model) {
        return repository.newest(agentId, model);
    }

    /** A page, newest first; active tasks with what memory knows of them. */
    public List<TaskState> list(TaskFilter filter) {
        return repository.list(filter).stream()
                .map(
                        task -> {
                            Holder holder = active.get(task.id());
                            return holder == null ? task : holder.task;
                        })
                .toList();
    }

    /**
     * Changes an active task. The change is given the present state and the time, and answers the
     * state that follows, or an equal one for none.
     *
     * @return the state now; empty when the task is finished or unknown
     */
    public Optional<TaskState> change(UUID id, BiFunction<TaskState, Instant, TaskState> change) {
        Holder holder = active.get(id);
        if (holder == null) {
            return Optional.empty();
        }
        TaskState old;
        TaskState next;
        synchronized (holder) {
            old = holder.task;
            if (!old.active()) {
                return Optional.empty();
            }
            next = change.apply(old, now());
            if (next.equals(old)) {
                return Optional.of(old);
            }
            if (next.status() == old.status()) {
                moved.add(id);
            } else if (!repository.transition(next, old.status())) {
                throw new IllegalStateException(
                        "task " + id + " is not " + old.status() + " in the database");
            }
            holder.task = next;
            if (!next.active()) {
                forget(next);
            }
        }
        log(next);
        listener.changed(old, next);
        changes.touch(Kind.TASK, id);
        return Optional.of(next);
    }

    private static void log(TaskState task) {
        switch (task.status()) {
            case COMPLETED ->
                    LOG.log(
                            System.Logger.Level.INFO,
                            "Task completed: task_id={0}",
                            task.id(),
                            new LogField("agent_id", task.agentId()),
                            new LogField("model", task.origin().model()));
            case CANCELLED ->
                    LOG.log(
                            System.Logger.Level.INFO,
                            "Task cancelled: task_id={0}, agent_id={1}, model={2}",
                            task.id(),
                            task.agentId(),
                            task.origin().model());
            case FAILED ->
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "Task failed: task_id={0}, agent_id={1}, model={2}, error={3}",
                            task.id(),
                            task.agentId(),
                            task.origin().model(),
                            task.cause() == null ? "unknown" : task.cause().text());
            case PENDING, QUEUED, DOWNLOADING, VERIFYING -> {}
        }
    }

    /** Ends a task as failed. */
    public Optional<TaskState> fail(UUID id, TaskState.Cause cause) {
        return change(id, (task, now) -> task.with(cause, now).to(TaskStatus.FAILED, now));
    }

    /** One pass of the sweep: a task of which nothing was heard for a while has no speed. */
    public void stopStaleSpeeds() {
        Instant stale = now().minus(SPEED_IS_STALE);
        for (TaskState task : active()) {
            if (task.transfer().speed() > 0 && task.updatedAt().isBefore(stale)) {
                change(
                        task.id(),
                        (old, now) ->
                                old.updatedAt().isBefore(stale)
                                        ? old.with(old.transfer().still(), old.updatedAt())
                                        : old);
            }
        }
    }

    /** Writes how far the moving tasks are, in one batch. */
    public void flush() {
        List<UUID> ids = List.copyOf(moved);
        if (ids.isEmpty()) {
            return;
        }
        ids.forEach(moved::remove);
        List<TaskState> states = new ArrayList<>();
        for (UUID id : ids) {
            Holder holder = active.get(id);
            if (holder != null) {
                states.add(holder.task);
            }
        }
        if (!states.isEmpty()) {
            repository.progress(states);
        }
    }

    /** Milliseconds: what the database holds. */
    public Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
