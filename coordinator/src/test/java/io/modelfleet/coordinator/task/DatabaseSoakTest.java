package io.modelfleet.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.catalog.HandClock;
import io.modelfleet.coordinator.db.Compaction;
import io.modelfleet.coordinator.db.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Months of a fleet's tasks in seconds. */
@Timeout(120)
class DatabaseSoakTest {
    private static final int DAYS = 100;
    private static final int TASKS_A_DAY = 100;
    private static final Duration RETENTION = Duration.ofDays(10);

    /**
     * What H2 overwrites it first keeps for 45 s of the wall clock, so that a loss of power does
     * not find the new without the old; here months go by in that time.
     */
    private static final String OVERWRITE_AT_ONCE = "SET RETENTION_TIME 0";

    @TempDir Path folder;

    private final HandClock clock = new HandClock();

    @Test
    void theEmbeddedDatabaseStaysAsSmallAsWhatItHolds() throws IOException {
        List<Long> sizes = new ArrayList<>();
        try (Database database = Database.embedded(folder)) {
            database.start();
            database.client().execute().dml(OVERWRITE_AT_ONCE);
            TaskRows rows = new TaskRows(database);
            TaskHousekeeping housekeeping = new TaskHousekeeping(database, clock, RETENTION);
            Compaction compaction = new Compaction(database);
            for (int day = 0; day < DAYS; day++) {
                List<UUID> tasks = rows.create(TASKS_A_DAY, clock.instant());
                for (int step = 1; step < 4; step++) {
                    rows.progress(tasks, step / 4.0, clock.instant());
                }
                rows.complete(tasks, clock.instant());
                clock.advance(Duration.ofDays(1));
                housekeeping.pass();
                compaction.pass();
                sizes.add(Files.size(folder.resolve("modelfleet.mv.db")));
            }
            long kept = RETENTION.toDays() * TASKS_A_DAY;
            assertThat(rows.count("task")).isBetween(kept, kept + TASKS_A_DAY);
            assertThat(housekeeping.deletedTasks())
                    .isEqualTo(DAYS * TASKS_A_DAY - rows.count("task"));
        }
        long half = largest(sizes.subList(DAYS / 4, DAYS / 2));
        long whole = largest(sizes.subList(DAYS / 2, DAYS));
        assertThat(whole)
                .as("kB, day by day: %s", sizes.stream().map(size -> size / 1024).toList())
                .isLessThan(half + half / 4);
    }

    private static long largest(List<Long> sizes) {
        return sizes.stream().mapToLong(Long::longValue).max().orElseThrow();
    }
}
