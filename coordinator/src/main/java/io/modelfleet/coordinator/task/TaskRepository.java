package io.modelfleet.coordinator.task;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbStatementQuery;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.Rows;
import io.modelfleet.coordinator.db.Stored;
import io.modelfleet.coordinator.db.View;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tasks on disk. */
final class TaskRepository {
    private static final String SELECT =
            """
            SELECT id, kind, agent_id, model_name, status, progress, bytes_completed, bytes_total, attempt, error,
                   error_code, retry_of, created_at, started_at, updated_at, completed_at, handed_out_at, speed,
                   version
              FROM task
            """;

    private static final String INSERT =
            """
            INSERT INTO task (id, kind, agent_id, model_name, model_key, status, active_key, progress, bytes_total,
                              attempt, retry_of, created_at, updated_at, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?, ?)
            """;

    private static final String UPDATE =
            """
            UPDATE task
               SET status = ?, active_key = ?, progress = ?, bytes_completed = ?, bytes_total = ?, attempt = ?,
                   error = ?, error_code = ?, started_at = ?, updated_at = ?, completed_at = ?, handed_out_at = ?,
                   speed = ?, version = ?
             WHERE id = ? AND version = ?
            """;

    private final Database database;

    TaskRepository(Database database) {
        this.database = database;
    }

    List<Stored<TaskState>> active() {
        return tasks(
                database.client().execute().createQuery(SELECT + " WHERE active_key IS NOT NULL"));
    }

    /** Tasks that were written after this version, the latest last. */
    List<Stored<TaskState>> since(long version) {
        return since(new View(database.client().execute()), version);
    }

    /** The same, as a transaction sees it. */
    List<Stored<TaskState>> since(View view, long version) {
        return tasks(
                view.execute()
                        .createQuery(SELECT + " WHERE version > ? ORDER BY version")
                        .addParam(version));
    }

    /** Whether, as a transaction sees it, a node has no active task. */
    boolean idle(View view, UUID agentId) {
        return view.execute()
                .createQuery("SELECT id FROM task WHERE active_key IS NOT NULL AND agent_id = ?")
                .addParam(agentId.toString())
                .execute()
                .findAny()
                .isEmpty();
    }

    private static List<Stored<TaskState>> tasks(DbStatementQuery query) {
        return query.execute().map(TaskRepository::stored).toList();
    }

    Optional<Stored<TaskState>> find(UUID id) {
        return database.client()
                .execute()
                .createGet(SELECT + " WHERE id = ?")
                .addParam(id.toString())
                .execute()
                .map(TaskRepository::stored);
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

    /**
     * Adds all of them, or none.
     *
     * @param current whether all is known that the decision to add them rests on
     * @return the version; empty when it was not
     */
    OptionalLong insert(Collection<TaskState> tasks, Predicate<View> current) {
        return database.write(
                (transaction, version) -> {
                    if (!current.test(new View(transaction))) {
                        return OptionalLong.empty();
                    }
                    tasks.forEach(task -> insert(transaction, task, version));
                    return OptionalLong.of(version);
                });
    }

    private static void insert(DbExecute execute, TaskState task, long version) {
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
                .addParam(version)
                .execute();
    }

    /**
     * Writes a task's next state: the compare-and-set behind every change of status.
     *
     * @return the new version; empty when the row is no longer at this one
     */
    OptionalLong update(TaskState task, long from) {
        return database.write(
                (transaction, version) ->
                        update(transaction, task, from, version)
                                ? OptionalLong.of(version)
                                : OptionalLong.empty());
    }

    /**
     * Writes the next states of several tasks in one transaction.
     *
     * @return those written, at their new version; one that somebody else wrote meanwhile is left
     *     out
     */
    List<Stored<TaskState>> update(Collection<Stored<TaskState>> tasks) {
        return database.write(
                (transaction, version) ->
                        tasks.stream()
                                .filter(
                                        task ->
                                                update(
                                                        transaction,
                                                        task.value(),
                                                        task.version(),
                                                        version))
                                .map(task -> new Stored<>(task.value(), version))
                                .toList());
    }

    private static boolean update(DbExecute execute, TaskState task, long from, long version) {
        return execute.createUpdate(UPDATE)
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
                        .addParam((Object) Rows.millis(task.handedOutAt()))
                        .addParam(task.transfer().speed())
                        .addParam(version)
                        .addParam(task.id().toString())
                        .addParam(from)
                        .execute()
                == 1;
    }

    private static Stored<TaskState> stored(DbRow row) {
        return new Stored<>(task(row), required(Rows.number(row, "version")));
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
                        required(Rows.number(row, "speed")),
                        Rows.number(row, "bytes_completed"),
                        Rows.number(row, "bytes_total")),
                required(Rows.number(row, "attempt")).intValue(),
                error == null || code == null
                        ? null
                        : new TaskState.Cause(error, ErrorCode.valueOf(code)),
                Rows.time(row, "started_at"),
                required(Rows.time(row, "updated_at")),
                Rows.time(row, "completed_at"),
                Rows.time(row, "handed_out_at"));
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value, "column is NOT NULL");
    }
}
