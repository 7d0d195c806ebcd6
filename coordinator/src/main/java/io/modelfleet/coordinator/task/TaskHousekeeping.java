package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Finished tasks are kept for a while; older ones go, and so do notes of removed nodes. */
public final class TaskHousekeeping {
    private static final System.Logger LOG = System.getLogger(TaskHousekeeping.class.getName());

    /** Rows in a transaction: a few milliseconds, so that nobody waits for it. */
    static final int BATCH = 500;

    /** Between two transactions, for the others. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final HousekeepingRepository repository;
    private final InstantSource time;
    private final Duration retention;
    private final LongAdder tasks = new LongAdder();
    private final LongAdder removedNodes = new LongAdder();

    /**
     * @param retention how long a task is kept after its end
     */
    public TaskHousekeeping(Database database, InstantSource time, Duration retention) {
        this.repository = new HousekeepingRepository(database);
        this.time = time;
        this.retention = retention;
    }

    /** Deletes all that is too old, batch by batch; stops early when interrupted. */
    public void pass() {
        Instant before = time.instant().minus(retention);
        long sofar = tasks.sum();
        drain(() -> repository.deleteTasks(before, BATCH), tasks);
        drain(() -> repository.deleteRemovedNodes(before, BATCH), removedNodes);
        long deleted = tasks.sum() - sofar;
        if (deleted > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Old tasks deleted: count={0}, ended_before={1}",
                    deleted,
                    before);
        }
    }

    private static void drain(IntSupplier batch, LongAdder deleted) {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            int count = batch.getAsInt();
            deleted.add(count);
            more = count == BATCH && paused();
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Tasks deleted by this process. */
    public long deletedTasks() {
        return tasks.sum();
    }

    /** Notes of removed nodes deleted by this process. */
    public long deletedRemovedNodes() {
        return removedNodes.sum();
    }
}
