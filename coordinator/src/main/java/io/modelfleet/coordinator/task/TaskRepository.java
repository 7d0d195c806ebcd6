package io.modelfleet.coordinator.task;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbStatementQuery;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.Rows;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tasks on disk. */
final class TaskRepository {
    private static final String SELECT =
            """
            SELECT id, kind, agent_id, model_name, status, progress, bytes_completed, bytes_total, attempt, error,
                   error_code, retry_of, created_at, started_at, updated_at, completed_at
              FROM task
            """;

    private static final String INSERT =
            """
            INSERT INTO task (id, kind, agent_id, model_name, model_key, status, active_key, progress, bytes_total,
                              attempt, retry_of, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?)
            """;

    private static final String TRANSITION =
            """
            UPDATE task
               SET status = ?, active_key = ?, progress = ?, bytes_completed = ?, bytes_total = ?, attempt = ?,
                   error = ?, error_code = ?, started_at = ?, updated_at = ?, completed_at = ?
             WHERE id = ? AND status = ?
            """;

    private static final String PROGRESS =
            """
            UPDATE task
               SET progress = ?, bytes_completed = ?, bytes_total = ?, attempt = ?, error = ?, error_code = ?,
                   updated_at = ?
             WHERE id = ? AND status = ? AND updated_at <= ?
            """;

    private final Database database;

    TaskRepository(Database database) {
        this.database = database;
    }

    List<TaskState> active() {
        return database.client()
                .execute()
                .createQuery(SELECT + " WHERE active_key IS NOT NULL")
                .execute()
                .map(TaskRepository::task)
                .toList();
    }

    Optional<TaskState> find(UUID id) {
        return database.client()
                .execute()
                .createGet(SELECT + " WHERE id = ?")
                .addParam(id.toString())
                .execute()
                .map(TaskRepository::task);
    }

    /** The newest task for a model on a node. */
    Optional<TaskState> newest(UUID agentId, ModelName model) {
        return database.client()
                .execute()
                .createGet(
                        SELECT
                                + " WHERE agent_id = ? AND model_key = ? ORDER BY created_at DESC, id DESC LIMIT 1")
                .addParam(agentId.toString())
                .addParam(model.key())
                .execute()
                .map(TaskRepository::task);
    }

    /** A page, newest first. */
    List<TaskState> list(TaskFilter filter) {
        StringBuilder sql = new StringBuilder(SELECT).append(" WHERE 1 = 1");
        if (!filter.statuses().isEmpty()) {
            sql.append(" AND status IN (")
                    .append(
                            filter.statuses().stream()
                                    .map(status -> "?")
                                    .collect(Collectors.joining(", ")))
                    .append(')');
        }
        if (filter.agentId() != null) {
            sql.append(" AND agent_id = ?");
        }
        if (filter.model() != null) {
            sql.append(" AND model_key = ?");
        }
        if (filter.before() != null) {
            sql.append(" AND (created_at < ? OR (created_at = ? AND id < ?))");
        }
        sql.append(" ORDER BY created_at DESC, id DESC LIMIT ?");
        return bound(database.client().execute().createQuery(sql.toString()), filter)
                .execute()
                .map(TaskRepository::task)
                .toList();
    }

    private static DbStatementQuery bound(DbStatementQuery query, TaskFilter filter) {
        filter.statuses().forEach(status -> query.addParam(status.name()));
        if (filter.agentId() != null) {
            query.addParam(filter.agentId().toString());
        }
        if (filter.model() != null) {
            query.addParam(filter.model().key());
        }
        if (filter.before() != null) {
            long millis = filter.before().createdAt().toEpochMilli();
            query.addParam(millis).addParam(millis).addParam(filter.before().id().toString());
        }
        return query.addParam((long) filter.limit());
    }

    /** Adds all of them, or none. */
    void insert(Collection<TaskState> tasks) {
        database.transaction(
                transaction -> {
                    tasks.forEach(task -> insert(transaction, task));
                    return tasks.size();
                });
    }

    private static void insert(DbExecute execute, TaskState task) {
        TaskOrigin origin = task.origin();
        execute.createInsert(INSERT)
                .addParam(origin.id().toString())
                .addParam(origin.kind().name())
                .addParam(origin.agentId().toString())
                .addParam(origin.model().toString())
                .addParam(origin.model().key())
                .addParam(task.status().name())
                .addParam(origin.activeKey())
                .addParam((Object) task.transfer().bytesTotal())
                .addParam(origin.retryOf() == null ? null : origin.retryOf().toString())
                .addParam(origin.createdAt().toEpochMilli())
                .addParam(task.updatedAt().toEpochMilli())
                .execute();
    }

    /**
     * The compare-and-set behind every change of status.
     *
     * @return false when the task was no longer in {@code from}
     */
    boolean transition(TaskState task, TaskStatus from) {
        return database.client()
                        .execute()
                        .createUpdate(TRANSITION)
                        .addParam(task.status().name())
                        .addParam(task.active() ? task.origin().activeKey() : null)
                        .addParam(task.transfer().progress())
                        .addParam((Object) task.transfer().bytesCompleted())
                        .addParam((Object) task.transfer().bytesTotal())
                        .addParam((long) task.attempt())
                        .addParam(task.cause() == null ? null : task.cause().text())
                        .addParam(task.cause() == null ? null : task.cause().code().name())
                        .addParam((Object) Rows.millis(task.startedAt()))
                        .addParam(task.updatedAt().toEpochMilli())
                        .addParam((Object) Rows.millis(task.completedAt()))
                        .addParam(task.id().toString())
                        .addParam(from.name())
                        .execute()
                == 1;
    }

    /**
     * Writes how far these tasks are, in one transaction; one that was written later meanwhile is
     * passed over.
     */
    void progress(Collection<TaskState> tasks) {
        database.transaction(
                transaction -> {
                    for (TaskState task : tasks) {
                        transaction
                                .createUpdate(PROGRESS)
                                .addParam(task.transfer().progress())
                                .addParam((Object) task.transfer().bytesCompleted())
                                .addParam((Object) task.transfer().bytesTotal())
                                .addParam((long) task.attempt())
                                .addParam(task.cause() == null ? null : task.cause().text())
                                .addParam(task.cause() == null ? null : task.cause().code().name())
                                .addParam(task.updatedAt().toEpochMilli())
                                .addParam(task.id().toString())
                                .addParam(task.status().name())
                                .addParam(task.updatedAt().toEpochMilli())
                                .execute();
                    }
                    return tasks.size();
                });
    }

    private static TaskState task(DbRow row) {
        @Nullable String error = Rows.text(row, "error");
        @Nullable String code = Rows.text(row, "error_code");
        return new TaskState(
                new TaskOrigin(
                        required(Rows.id(row, "id")),
                        TaskKind.valueOf(required(Rows.text(row, "kind"))),
                        required(Rows.id(row, "agent_id")),
                        ModelName.parse(Rows.text(row, "model_name")),
                        Rows.id(row, "retry_of"),
                        required(Rows.time(row, "created_at"))),
                TaskStatus.valueOf(required(Rows.text(row, "status"))),
                new Transfer(
                        row.column("progress").getDouble(),
                        0,
                        Rows.number(row, "bytes_completed"),
                        Rows.number(row, "bytes_total")),
                required(Rows.number(row, "attempt")).intValue(),
                error == null || code == null
                        ? null
                        : new TaskState.Cause(error, ErrorCode.valueOf(code)),
                Rows.time(row, "started_at"),
                required(Rows.time(row, "updated_at")),
                Rows.time(row, "completed_at"),
                (Instant) null);
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value, "column is NOT NULL");
    }
}
