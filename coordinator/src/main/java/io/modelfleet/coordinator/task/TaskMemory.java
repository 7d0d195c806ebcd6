package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.change.ChangeLog.Kind;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.Stored;
import io.modelfleet.coordinator.db.View;
import io.modelfleet.coordinator.db.WriteBehind;
import io.modelfleet.coordinator.task.ActiveTasks.Holder;
import io.modelfleet.protocol.FleetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the active tasks in step with the database, in which other coordinators may write. A change
 * of status is written where nobody else wrote since the task was read; otherwise the task is read
 * anew and the change made again.
 */
final class TaskMemory {
    private final Database database;
    private final TaskRepository repository;
    private final ActiveTasks active;
    private final ChangeLog changes;
    private final WriteBehind<TaskState> moving;

    /** Held by whoever brings tasks into memory, so that none comes back after it has ended. */
    private final Object adding = new Object();

    private volatile long followed;

    /** A task before and after a change. */
    record Changed(TaskState old, TaskState task) {
        boolean different() {
            return !task.equals(old);
        }
    }

    TaskMemory(
            Database database, TaskRepository repository, ActiveTasks active, ChangeLog changes) {
        this.database = database;
        this.repository = repository;
        this.active = active;
        this.changes = changes;
        this.moving = new WriteBehind<>(TaskState::id, this::stored, repository::update);
    }

    void load() {
        followed = database.version();
        for (Stored<TaskState> task : repository.active()) {
            active.remember(database.shared() ? task : alone(task));
        }
    }

    /** With nobody else on the database, hand-outs ended with the process that made them. */
    private static Stored<TaskState> alone(Stored<TaskState> task) {
        return new Stored<>(task.value().leftBehind(), task.version());
    }

    /** As {@link TaskBoard#create}. */
    Optional<List<TaskState>> create(List<TaskState> wanted, Predicate<View> current) {
        synchronized (adding) {
            List<TaskState> fresh = new ArrayList<>();
            List<TaskState> result = new ArrayList<>();
            for (TaskState task : wanted) {
                Optional<TaskState> running =
                        active.find(task.agentId(), task.origin().kind(), task.origin().model());
                result.add(running.orElse(task));
                if (running.isEmpty()) {
                    fresh.add(task);
                }
            }
            return fresh.isEmpty() || insert(fresh, current)
                    ? Optional.of(result)
                    : Optional.empty();
        }
    }

    private boolean insert(List<TaskState> fresh, Predicate<View> current) {
        OptionalLong version =
                repository.insert(fresh, view -> current(view) && current.test(view));
        if (version.isPresent()) {
            fresh.forEach(task -> active.remember(new Stored<>(task, version.getAsLong())));
            fresh.forEach(task -> changes.touch(Kind.TASK, task.id()));
        }
        return version.isPresent();
    }

    /**
     * @return empty when the task is finished or unknown
     */
    Optional<Changed> change(UUID id, UnaryOperator<TaskState> change) {
        Holder holder = holder(id);
        if (holder == null) {
            return Optional.empty();
        }
        TaskState old;
        TaskState next;
        synchronized (holder) {
            do {
                old = holder.task();
                if (!old.active()) {
                    return Optional.empty();
                }
                next = change.apply(old);
                if (next.equals(old)) {
                    return Optional.of(new Changed(old, old));
                }
            } while (!written(holder, old, next));
            holder.task(next);
            if (!next.active()) {
                active.forget(next);
            }
        }
        changes.touch(Kind.TASK, id);
        return Optional.of(new Changed(old, next));
    }

    /** Takes in a task that another coordinator may just have created. */
    void learn(UUID id) {
        if (active.holder(id) == null && database.shared()) {
            synchronized (adding) {
                repository.find(id).ifPresent(this::follow);
            }
        }
    }

    /** Of the active tasks; one that another coordinator has just created is found, too. */
    private @Nullable Holder holder(UUID id) {
        learn(id);
        return active.holder(id);
    }

    private boolean written(Holder holder, TaskState old, TaskState next) {
        if (next.status() == old.status()) {
            moving.changed(next.id());
            return true;
        }
        OptionalLong version = repository.update(next, holder.version());
        if (version.isPresent()) {
            holder.written(new Stored<>(next, version.getAsLong()));
            return true;
        }
        readAnew(holder);
        return false;
    }

    private void readAnew(Holder holder) {
        Stored<TaskState> row =
                repository
                        .find(holder.task().id())
                        .orElseThrow(() -> FleetException.taskNotFound(holder.task().id()));
        follow(row);
    }

    /** Learns what the other coordinators wrote. */
    void follow() {
        synchronized (adding) {
            long latest = followed;
            for (Stored<TaskState> row : repository.since(followed)) {
                follow(row);
                latest = row.version();
            }
            // Not before: the rows of one transaction have one version, and each may fail to come.
            followed = latest;
        }
    }

    private void follow(Stored<TaskState> row) {
        TaskState task = row.value();
        Holder holder = active.holder(task.id());
        if (holder != null) {
            synchronized (holder) {
                if (row.version() <= holder.version()) {
                    return;
                }
                holder.task(
                        task.active() && moving.isBehind(task.id())
                                ? task.withNewsOf(holder.task())
                                : task);
                holder.written(row);
                if (!task.active()) {
                    active.forget(task);
                }
            }
        } else if (task.active()) {
            // The row may be older than an end that was written here, which leaves no holder.
            repository
                    .find(task.id())
                    .filter(now -> now.value().active())
                    .ifPresent(active::remember);
        }
        changes.touch(Kind.TASK, task.id());
    }

    /** Whether a transaction sees nothing of the tasks that is not known here. */
    boolean current(View transaction) {
        return !database.shared()
                || repository.since(transaction, followed).stream().allMatch(this::known);
    }

    private boolean known(Stored<TaskState> row) {
        Holder holder = active.holder(row.value().id());
        return holder == null ? !row.value().active() : holder.version() >= row.version();
    }

    /** Writes how far the moving tasks are, in one batch. */
    void flush() {
        moving.flush(this::noteWritten);
    }

    private @Nullable Stored<TaskState> stored(UUID id) {
        Holder holder = active.holder(id);
        return holder == null ? null : holder.stored();
    }

    private void noteWritten(Stored<TaskState> written) {
        Holder holder = active.holder(written.value().id());
        if (holder != null) {
            synchronized (holder) {
                if (holder.version() < written.version()) {
                    holder.written(written);
                }
            }
            changes.touch(Kind.TASK, written.value().id());
        }
    }
}
