package io.modelfleet.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.catalog.HandClock;
import io.modelfleet.coordinator.db.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
@ParameterizedClass
@EnumSource
class TaskHousekeepingTest {
    private static final Duration RETENTION = Duration.ofDays(30);
    private static EmbeddedPostgres postgres;

    private final HandClock clock = new HandClock();
    private final Instant now = clock.instant();
    private final Instant old = now.minus(RETENTION).minusMillis(1);
    private final Database database;
    private final TaskRows rows;
    private final TaskHousekeeping housekeeping;

    enum Kind {
        H2,
        POSTGRESQL
    }

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    TaskHousekeepingTest(Kind kind) {
        database = new Database(url(kind));
        database.start();
        database.client().execute().delete("DELETE FROM task");
        database.client().execute().delete("DELETE FROM node");
        rows = new TaskRows(database);
        housekeeping = new TaskHousekeeping(database, clock, RETENTION);
    }

    private static String url(Kind kind) {
        return kind == Kind.POSTGRESQL
                ? postgres.getJdbcUrl("postgres", "postgres")
                : "jdbc:h2:mem:"
                        + UUID.randomUUID()
                        + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void finishedTasksGoWhenTheyAreOldAndNoOthers() {
        UUID node = UUID.randomUUID();
        UUID gone = rows.task("PULL", "COMPLETED", node, old, old);
        UUID failed = rows.task("PULL", "FAILED", node, old, old);
        UUID young = rows.task("PULL", "COMPLETED", node, old, old.plusMillis(1));
        UUID active = rows.task("PULL", "PENDING", node, old.minus(RETENTION), null);

        housekeeping.pass();

        assertThat(Stream.of(gone, failed, young, active).map(rows::has))
                .containsExactly(false, false, true, true);
        assertThat(housekeeping.deletedTasks()).isEqualTo(2);
    }

    @Test
    void anOperatorsLastWordOnAModelStaysWithItsNode() {
        UUID node = rows.node();
        UUID overruled = rows.task("PULL", "CANCELLED", node, old.minusSeconds(9), old);
        UUID removed = rows.task("REMOVE", "COMPLETED", node, old.minusSeconds(5), old);
        UUID ofAGoneNode = rows.task("PULL", "CANCELLED", UUID.randomUUID(), old, old);

        housekeeping.pass();
        assertThat(Stream.of(overruled, removed, ofAGoneNode).map(rows::has))
                .containsExactly(false, true, false);

        rows.task("PULL", "COMPLETED", node, now, now);
        housekeeping.pass();
        assertThat(rows.has(removed)).isFalse();
    }

    @Test
    void notesOfRemovedNodesGoToo() {
        for (Instant removed : new Instant[] {old, now}) {
            database.client()
                    .execute()
                    .createInsert(
                            "INSERT INTO removed_node (id, version, removed_at) VALUES (?, 1, ?)")
                    .addParam(UUID.randomUUID().toString())
                    .addParam(removed.toEpochMilli())
                    .execute();
        }

        housekeeping.pass();

        assertThat(rows.count("removed_node")).isEqualTo(1);
        assertThat(housekeeping.deletedRemovedNodes()).isEqualTo(1);
    }

    @Test
    void twoCoordinatorsShareTheWorkAndDeleteNothingTwice() {
        int count = 5 * TaskHousekeeping.BATCH + 7;
        rows.complete(rows.create(count, old), old);
        TaskHousekeeping other = new TaskHousekeeping(database, clock, RETENTION);

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(housekeeping::pass),
                        CompletableFuture.runAsync(other::pass))
                .join();

        // Whoever finds the last rows in the other's hands leaves them to it.
        assertThat(rows.count("task")).isZero();
        assertThat(housekeeping.deletedTasks() + other.deletedTasks()).isEqualTo(count);
    }

    @Test
    void rowsThatAnotherHoldsArePassedOver() {
        UUID node = UUID.randomUUID();
        UUID held = rows.task("PULL", "COMPLETED", node, old, old);
        UUID free = rows.task("PULL", "COMPLETED", node, old, old);

        database.transaction(
                transaction -> {
                    transaction
                            .createGet("SELECT id FROM task WHERE id = ? FOR UPDATE")
                            .addParam(held.toString())
                            .execute();
                    CompletableFuture.runAsync(housekeeping::pass).join();
                    return held;
                });

        assertThat(rows.has(held)).isTrue();
        assertThat(rows.has(free)).isFalse();
    }
}
