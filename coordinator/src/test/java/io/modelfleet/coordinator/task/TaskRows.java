package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.db.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of tasks written straight into a database, as many as it takes. */
final class TaskRows {
    private static final String INSERT =
            """
            INSERT INTO task (id, kind, agent_id, model_name, model_key, status, active_key, progress, attempt,
                              created_at, updated_at, completed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, 1, ?, ?, ?)
            """;

    private static final String NODE =
            """
            INSERT INTO node (id, machine_name, ip_address, ollama_port, api_port, devices, models, tags,
                              schedulable, presence, registered_at, last_seen)
            VALUES (?, 'gpu-1', '127.0.0.1', 1, 2, '[]', '[]', '[]', 1, 'ONLINE', 0, 0)
            """;

    private final Database database;

    TaskRows(Database database) {
        this.database = database;
    }

    UUID node() {
        UUID id = UUID.randomUUID();
        database.client().execute().createInsert(NODE).addParam(id.toString()).execute();
        return id;
    }

    /** A finished task; with no end, an active one. */
    UUID task(String kind, String status, UUID node, Instant created, @Nullable Instant ended) {
        UUID id = UUID.randomUUID();
        database.client()
                .execute()
                .createInsert(INSERT)
                .addParam(id.toString())
                .addParam(kind)
                .addParam(node.toString())
                .addParam("a:1b")
                .addParam("a:1b")
                .addParam(status)
                .addParam(ended == null ? node + " " + kind + " a:1b" : null)
                .addParam(created.toEpochMilli())
                .addParam(created.toEpochMilli())
                .addParam((Object) (ended == null ? null : Long.valueOf(ended.toEpochMilli())))
                .execute();
        return id;
    }

    /** Creates tasks in one transaction, as a distribution does. */
    List<UUID> create(int count, Instant now) {
        return database.transaction(
                transaction -> {
                    List<UUID> ids = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        UUID id = UUID.randomUUID();
                        ids.add(id);
                        transaction
                                .createInsert(INSERT)
                                .addParam(id.toString())
                                .addParam("PULL")
                                .addParam(UUID.randomUUID().toString())
                                .addParam("registry.ollama.ai/library/llama3.2:3b")
                                .addParam("registry.ollama.ai/library/llama3.2:3b")
                                .addParam("PENDING")
                                .addParam(id.toString())
                                .addParam(now.toEpochMilli())
                                .addParam(now.toEpochMilli())
                                .addParam((Object) null)
                                .execute();
                    }
                    return ids;
                });
    }

    /** Notes progress of tasks in one transaction, as each second does. */
    void progress(List<UUID> ids, double progress, Instant now) {
        database.transaction(
                transaction -> {
                    for (UUID id : ids) {
                        transaction
                                .createUpdate(
                                        "UPDATE task SET progress = ?, bytes_completed = ?, updated_at = ? WHERE id = ?")
                                .addParam(progress)
                                .addParam((long) (progress * 1e10))
                                .addParam(now.toEpochMilli())
                                .addParam(id.toString())
                                .execute();
                    }
                    return ids.size();
                });
    }

    /** Ends tasks, each in a transaction of its own, as they do. */
    void complete(List<UUID> ids, Instant now) {
        for (UUID id : ids) {
            database.client()
                    .execute()
                    .createUpdate(
                            "UPDATE task SET status = 'COMPLETED', active_key = NULL, completed_at = ? WHERE id = ?")
                    .addParam(now.toEpochMilli())
                    .addParam(id.toString())
                    .execute();
        }
    }

    long count(String table) {
        return database.client()
                .execute()
                .createGet("SELECT count(*) AS count FROM " + table)
                .execute()
                .orElseThrow()
                .column("count")
                .getLong();
    }

    boolean has(UUID id) {
        return database.client()
                .execute()
                .createGet("SELECT id FROM task WHERE id = ?")
                .addParam(id.toString())
                .execute()
                .isPresent();
    }
}
