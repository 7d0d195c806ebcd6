package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.Stored;
import io.modelfleet.coordinator.db.View;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * All tasks. The active ones stand in memory, with what moves too fast for the disk; a change of
 * status is on disk before anyone is told of it.
 */
public final class TaskBoard {
    private static final System.Logger LOG = System.getLogger(TaskBoard.class.getName());

    /** A speed older than this says nothing about now. */
    private static final Duration SPEED_IS_STALE = Duration.ofSeconds(5);

    private final TaskRepository repository;
    private final ActiveTasks active = new ActiveTasks();
    private final TaskMemory memory;
    private final InstantSource time;
    private volatile TaskListener listener = (old, now) -> {};

    public TaskBoard(Database database, ChangeLog changes, InstantSource time) {
        this.repository = new TaskRepository(database);
        this.memory = new TaskMemory(database, repository, active, changes);
        this.time = time;
    }

    /** Has someone told of every change from now on. */
    public void tell(TaskListener newListener) {
        listener = newListener;
    }

    /** Reads what an earlier process left undone. */
    public void load() {
        memory.load();
    }

    /**
     * Creates tasks, all or none. Where a node already has an active task of the kind for the
     * model, that one stands in its place.
     *
     * @param current whether, as a transaction sees it, all is known that the decision rests on;
     *     tasks are looked at here
     * @return in the order of {@code wanted}; empty when another coordinator wrote meanwhile:
     *     {@link #follow} and decide again
     */
    public Optional<List<TaskState>> create(List<TaskState> wanted, Predicate<View> current) {
        return memory.create(wanted, current);
    }

    public Optional<TaskState> find(UUID id) {
        return active.find(id).or(() -> repository.find(id).map(Stored::value));
    }

    /**
     * @throws FleetException {@link ErrorCode#TASK_NOT_FOUND}
     */
    public TaskState require(UUID id) {
        return find(id).orElseThrow(() -> FleetException.taskNotFound(id));
    }

    /** The active task of this kind for a model on a node. */
    public Optional<TaskState> active(UUID agentId, TaskKind kind, ModelName model) {
        return active.find(agentId, kind, model);
    }

    /** A node's active tasks, oldest first. */
    public List<TaskState> activeOn(UUID agentId) {
        return active.on(agentId);
    }

    /** All active tasks. */
    public Collection<TaskState> active() {
        return active.all();
    }

    /** The newest task for a model on a node, finished or not. */
    public Optional<TaskState> newest(UUID agentId, ModelName model) {
        return repository.newest(agentId, model);
    }

    /** A page, newest first; active tasks with what memory knows of them. */
    public List<TaskState> list(TaskFilter filter) {
        return repository.list(filter).stream()
                .map(task -> active.find(task.id()).orElse(task))
                .toList();
    }

    /**
     * Changes an active task. The change is given the present state and the time, and answers the
     * state that follows, or an equal one for none.
     *
     * @return the state now; empty when the task is finished or unknown
     */
    public Optional<TaskState> change(UUID id, BiFunction<TaskState, Instant, TaskState> change) {
        Optional<TaskMemory.Changed> changed = memory.change(id, task -> change.apply(task, now()));
        changed.filter(TaskMemory.Changed::different).ifPresent(this::tell);
        return changed.map(TaskMemory.Changed::task);
    }

    /** Learns what the other coordinators wrote. */
    public void follow() {
        memory.follow();
    }

    /** Takes in tasks that another coordinator may just have created. */
    void learn(Collection<UUID> ids) {
        ids.forEach(memory::learn);
    }

    /** Writes how far the moving tasks are, in one batch, and shows it to readers from then on. */
    public void flush() {
        memory.flush();
    }

    /** Whether, as a transaction sees it, a node has no active task. */
    public boolean idle(View transaction, UUID agentId) {
        return repository.idle(transaction, agentId);
    }

    private void tell(TaskMemory.Changed changed) {
        log(changed.task());
        listener.changed(changed.old(), changed.task());
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

    /** Milliseconds: what the database holds. */
    public Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
