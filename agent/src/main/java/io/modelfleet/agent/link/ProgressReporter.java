package io.modelfleet.agent.link;

import io.modelfleet.agent.pull.Backoff;
import io.modelfleet.agent.pull.TaskQueue;
import io.modelfleet.agent.pull.TaskReport;
import io.modelfleet.protocol.AgentTask;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the coordinator how far tasks are: each change of status at once, figures at most once an
 * interval, the end of a task until the coordinator confirms it. One thread, so that the reports of
 * a task arrive in order.
 */
public final class ProgressReporter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ProgressReporter.class.getName());

    /** Also when nothing moved: the coordinator then knows that the task is still worked on. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    /** Answers of what stands before a coordinator, and of one whose secrets are being changed. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 407, 408, 425, 429);

    private final CoordinatorClient coordinator;
    private final Standing standing;
    private final CoordinatorLink link;
    private final TaskQueue queue;
    private final BlockingQueue<TaskReport> changes;
    private final Backoff backoff;
    private final Duration interval;
    private final InstantSource time;
    private final String name;

    private final Map<UUID, Sent> sent = new HashMap<>();
    private Instant nextTick;
    private Instant pausedUntil;
    private long answersUntilThen;
    private int failures;
    private volatile boolean closed;
    private @Nullable Thread thread;

    /**
     * @param standing nothing is reported before the agent is registered: a copied data folder
     *     holds the tasks of another agent
     * @param changes filled by the queue
     * @param interval between two reports of a task's figures
     * @param name of the agent, for its thread
     */
    public ProgressReporter(
            CoordinatorClient coordinator,
            Standing standing,
            CoordinatorLink link,
            TaskQueue queue,
            BlockingQueue<TaskReport> changes,
            Backoff backoff,
            Duration interval,
            InstantSource time,
            String name) {
        this.coordinator = coordinator;
        this.standing = standing;
        this.link = link;
        this.queue = queue;
        this.changes = changes;
        this.backoff = backoff;
        this.interval = interval;
        this.time = time;
        this.name = name;
        this.nextTick = Instant.EPOCH;
        this.pausedUntil = Instant.EPOCH;
    }

    private record Sent(TaskReport report, Instant at) {}

    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name(name + "-progress").start(this::loop);
    }

    private void loop() {
        while (!closed) {
            try {
                pass();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "A pass of the reporter broke off", bug);
                pause();
            }
        }
    }

    /** Waits for a change or the next round, and reports it. */
    void pass() throws InterruptedException {
        long wait = Math.max(1, Duration.between(time.instant(), nextTick).toMillis());
        TaskReport change =
                changes.poll(Math.min(wait, interval.toMillis()), TimeUnit.MILLISECONDS);
        if (change != null && !paused()) {
            deliver(change);
        }
        if (!time.instant().isBefore(nextTick)) {
            // Finer than the interval, or a report that is due just after a round waits for two.
            nextTick = time.instant().plus(interval.dividedBy(4));
            round();
        }
    }

    private void round() {
        List<TaskReport> reports = queue.reports();
        Set<UUID> known = reports.stream().map(TaskReport::id).collect(Collectors.toSet());
        sent.keySet().retainAll(known);
        for (TaskReport report : reports) {
            if (!paused() && due(report) && changes.isEmpty()) {
                deliver(report);
            }
        }
    }

    private boolean due(TaskReport report) {
        Sent last = sent.get(report.id());
        if (last == null || last.report.status() != report.status()) {
            return true;
        }
        Duration since = Duration.between(last.at, time.instant());
        boolean moved = !last.report.equals(report);
        return since.compareTo(moved ? interval : KEEP_ALIVE) >= 0;
    }

    private boolean paused() {
        boolean waits =
                time.instant().isBefore(pausedUntil) && coordinator.answers() <= answersUntilThen;
        return waits || !standing.registered();
    }

    private void deliver(TaskReport report) {
        if (report.status() == TaskStatus.COMPLETED && !link.announce()) {
            // The coordinator would show the task as done and the model as absent.
            pauseUntilAnswered();
            return;
        }
        switch (coordinator.progress(report.id(), wire(report))) {
            case Reply.Ok ignored -> heard(report);
            case Reply.Refused refused -> refused(report, refused);
            case Reply.Unreachable ignored -> pauseUntilAnswered();
        }
    }

    private void heard(TaskReport report) {
        failures = 0;
        if (report.status().isFinal()) {
            queue.over(report.id());
        } else {
            sent.put(report.id(), new Sent(report, time.instant()));
        }
    }

    private void refused(TaskReport report, Reply.Refused refused) {
        boolean over = refused.status() == 404 || refused.status() == 409;
        boolean passing = refused.status() >= 500 || PASSING.contains(refused.status());
        if (passing) {
            pause();
        } else if (over || report.status().isFinal()) {
            if (!over) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "Report refused: task_id={0}, error={1}",
                        report.id(),
                        refused.text());
            }
            failures = 0;
            if (refused.code().equals(ErrorCode.TASK_FINISHED.name())) {
                queue.over(report.id());
            } else {
                queue.drop(report.id());
            }
        } else {
            sent.put(report.id(), new Sent(report, time.instant()));
        }
    }

    private void pause() {
        failures++;
        pausedUntil = time.instant().plus(backoff.after(failures));
        answersUntilThen = Long.MAX_VALUE;
    }

    /** Silence is over as soon as any call, such as a heartbeat, is answered. */
    private void pauseUntilAnswered() {
        pause();
        answersUntilThen = coordinator.answers();
    }

    private static ProgressReport wire(TaskReport report) {
        AgentTask task = report.task();
        return new ProgressReport(
                task.progress(),
                (double) task.speed(),
                task.status(),
                task.bytesCompleted(),
                task.bytesTotal(),
                report.error(),
                report.errorCode());
    }

    /** Unconfirmed ends stay in the journal. */
    @Override
    public synchronized void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
