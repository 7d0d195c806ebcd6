package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.Rows;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Deletes old rows, a batch in a transaction. Several coordinators on one database may do it at
 * once: each passes over the rows that another is deleting.
 */
final class HousekeepingRepository {
    /**
     * An operator's last word on a model, that it was taken away, is kept as long as its node:
     * without it, the next registration would bring the model back.
     */
    private static final String OLD_TASKS =
            """
            SELECT t.id
              FROM task t
             WHERE t.completed_at < ?
               AND NOT ((t.kind = 'REMOVE' OR t.status = 'CANCELLED')
                        AND EXISTS (SELECT 1 FROM node WHERE node.id = t.agent_id)
                        AND NOT EXISTS (SELECT 1
                                          FROM task newer
                                         WHERE newer.agent_id = t.agent_id
                                           AND newer.model_key = t.model_key
                                           AND newer.created_at > t.created_at))
             ORDER BY t.completed_at
             LIMIT ?
               FOR UPDATE SKIP LOCKED
            """;

    private static final String OLD_REMOVALS =
            """
            SELECT id
              FROM removed_node
             WHERE removed_at < ?
             LIMIT ?
               FOR UPDATE SKIP LOCKED
            """;

    private final Database database;

    HousekeepingRepository(Database database) {
        this.database = database;
    }

    /**
     * @return how many were deleted
     */
    int deleteTasks(Instant endedBefore, int most) {
        return delete("task", OLD_TASKS, endedBefore, most);
    }

    /**
     * @return how many were deleted
     */
    int deleteRemovedNodes(Instant removedBefore, int most) {
        return delete("removed_node", OLD_REMOVALS, removedBefore, most);
    }

    /** Two statements, because PostgreSQL may evaluate a subquery with a limit more than once. */
    private int delete(String table, String old, Instant before, int most) {
        return database.transaction(
                transaction -> {
                    List<String> ids =
                            transaction
                                    .createQuery(old)
                                    .addParam(before.toEpochMilli())
                                    .addParam((long) most)
                                    .execute()
                                    .map(row -> Objects.requireNonNull(Rows.text(row, "id")))
                                    .toList();
                    if (ids.isEmpty()) {
                        return 0;
                    }
                    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
                    var delete =
                            transaction.createDelete(
                                    "DELETE FROM " + table + " WHERE id IN (" + places + ")");
                    ids.forEach(delete::addParam);
                    return Math.toIntExact(delete.execute());
                });
    }
}
