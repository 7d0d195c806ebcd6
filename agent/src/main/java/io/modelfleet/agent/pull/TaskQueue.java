package io.modelfleet.agent.pull;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The node's tasks, in the order in which they came. Some pulls run at once; a removal runs alone,
 * because Ollama locks nothing between a pull and a delete. What is accepted is on disk first.
 */
public final class TaskQueue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TaskQueue.class.getName());

    /** For streams to close; the journal has all that matters by then. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Journal journal;
    private final Work.Factory works;
    private final int maxPulls;
    private final Consumer<TaskReport> changes;
    private final InstantSource time;
    private final Runs runs;

    private final Map<UUID, NodeTask> tasks = new LinkedHashMap<>();
    private final Forgotten forgotten = new Forgotten();
    private boolean open;
    private boolean held;

    /**
     * @param maxPulls at once, at least 1
     * @param changes hears each change of status, in order, and must not block
     * @param name of the agent, for its threads
     */
    public TaskQueue(
            Journal journal,
            Work.Factory works,
            int maxPulls,
            Consumer<TaskReport> changes,
            InstantSource time,
            String name) {
        this.journal = journal;
        this.works = works;
        this.maxPulls = maxPulls;
        this.changes = changes;
        this.time = time;
        this.runs = new Runs(name);
    }

    /** Takes up what the journal holds and begins to work. */
    public synchronized void start() {
        for (Journal.Entry entry : journal.load()) {
            TaskKind kind = Objects.requireNonNull(entry.order().kind());
            tasks.put(entry.order().taskId(), new NodeTask(this, entry, kind, time));
        }
        open = true;
        startNext();
    }

    /**
     * Accepts a task; one that is known, or over, changes nothing.
     *
     * @return whether it was new
     * @throws FleetException {@link ErrorCode#UNAVAILABLE} when it cannot be put on disk, or the
     *     agent is stopping or on hold
     */
    public synchronized boolean accept(TaskOrder order, TaskKind kind) {
        if (tasks.containsKey(order.taskId()) || forgotten.over(order.taskId())) {
            return false;
        }
        if (!open) {
            throw FleetException.of(ErrorCode.UNAVAILABLE, "the agent is stopping");
        }
        if (held) {
            throw FleetException.of(
                    ErrorCode.UNAVAILABLE, "the agent has not been admitted by its coordinator");
        }
        NodeTask task = new NodeTask(this, order, kind, time);
        tasks.put(task.id(), task);
        try {
            journal.save(entries());
        } catch (IOException e) {
            tasks.remove(task.id());
            throw FleetException.of(
                    ErrorCode.UNAVAILABLE, "the journal cannot be written: " + e.getMessage());
        }
        changes.accept(task.report());
        startNext();
        return true;
    }

    /** What runs and waits, and what has ended without the coordinator's confirmation, in order. */
    public synchronized List<TaskReport> reports() {
        return tasks.values().stream().map(NodeTask::report).toList();
    }

    /** One of {@link #reports}. */
    public synchronized Optional<TaskReport> report(UUID id) {
        return Optional.ofNullable(tasks.get(id)).map(NodeTask::report);
    }

    /** What is known now. */
    public synchronized KnownTasks known() {
        return new KnownTasks(Set.copyOf(tasks.keySet()), forgotten.count());
    }

    /**
     * Does what the coordinator wishes: takes up what is new, drops what is not wished for.
     *
     * @param atSend what was known when the question was sent: a task that came since cannot be in
     *     the answer, and one that ended since may still be
     */
    public synchronized void reconcile(List<TaskOrder> wished, KnownTasks atSend) {
        Set<UUID> wishedIds =
                wished.stream().map(TaskOrder::taskId).collect(Collectors.toUnmodifiableSet());
        for (UUID id : atSend.ids()) {
            NodeTask task = tasks.get(id);
            if (task != null && !task.status().isFinal() && !wishedIds.contains(id)) {
                drop(id);
            }
        }
        for (TaskOrder order : wished) {
            UUID id = order.taskId();
            if (!atSend.ids().contains(id) && !forgotten.since(id, atSend.forgotten())) {
                accept(order, order.kind() == null ? TaskKind.PULL : order.kind());
            }
        }
    }

    /**
     * Stops all work until {@link #resume}; the tasks stay, and so does what Ollama has fetched.
     */
    public synchronized void hold() {
        if (!held) {
            held = true;
            runs.stopAll();
        }
    }

    /** Goes on after {@link #hold}. */
    public synchronized void resume() {
        if (held) {
            held = false;
            startNext();
        }
    }

    /**
     * Cancels a task, which then counts as ended until the coordinator confirms.
     *
     * @return whether it was known and had not ended
     */
    public synchronized boolean cancel(UUID id) {
        NodeTask task = tasks.get(id);
        if (task == null || task.status().isFinal()) {
            return false;
        }
        end(task, TaskStatus.CANCELLED, null);
        runs.stop(task);
        startNext();
        return true;
    }

    /** Forgets a task, and stops its work: the coordinator wants it no more. */
    public void drop(UUID id) {
        forget(id, false);
    }

    /** Forgets a task, and stops its work: the coordinator knows its end. */
    public void over(UUID id) {
        forget(id, true);
    }

    private synchronized void forget(UUID id, boolean over) {
        NodeTask task = tasks.remove(id);
        if (task == null) {
            return;
        }
        forgotten.add(id, over);
        if (!task.status().isFinal()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Task dropped: task_id={0}, model={1}",
                    id,
                    task.model());
        }
        runs.stop(task);
        saveOrWarn();
        startNext();
    }

    @Override
    public void close() {
        synchronized (this) {
            open = false;
            runs.stopAll();
            saveOrWarn();
        }
        runs.await(GRACE);
    }

    synchronized void advance(NodeTask task, TaskStatus next) {
        if (!open || tasks.get(task.id()) != task || task.status().isFinal()) {
            return;
        }
        task.status(next, null);
        saveOrWarn();
        changes.accept(task.report());
    }

    /** Something about a task is to survive a restart. */
    synchronized void note(NodeTask task) {
        if (open && tasks.get(task.id()) == task) {
            saveOrWarn();
        }
    }

    /** Notes shown progress on disk, now and then. */
    synchronized void checkpoint() {
        if (open && journal.due()) {
            saveOrWarn();
        }
    }

    private void startNext() {
        if (!open || held) {
            return;
        }
        for (NodeTask task : tasks.values()) {
            if (task.status().isFinal() || runs.has(task)) {
                continue;
            }
            if (!fits(task)) {
                // What came later waits too, or a removal would never find its turn.
                return;
            }
            Work work = works.create(task, () -> ahead(task));
            runs.start(task, work, ending -> finished(task, ending));
        }
    }

    private boolean fits(NodeTask next) {
        List<NodeTask> running = runs.tasks();
        if (next.kind() == TaskKind.REMOVE) {
            return running.isEmpty();
        }
        return running.size() < maxPulls
                && running.stream().noneMatch(task -> task.kind() == TaskKind.REMOVE);
    }

    private synchronized List<NodeTask> ahead(NodeTask task) {
        return runs.tasks().stream().takeWhile(other -> other != task).toList();
    }

    private synchronized void finished(NodeTask task, Ending ending) {
        runs.remove(task);
        if (open && tasks.get(task.id()) == task && !task.status().isFinal()) {
            switch (ending) {
                case Ending.Completed ignored -> end(task, TaskStatus.COMPLETED, null);
                case Ending.Failed failed -> end(task, TaskStatus.FAILED, failed);
                case Ending.Stopped ignored -> {
                    // by a cancellation, a hold or the agent's end, which see to it themselves
                }
            }
        }
        startNext();
    }

    private void end(NodeTask task, TaskStatus status, Ending.@Nullable Failed cause) {
        task.status(status, cause);
        EndLog.write(task, status, cause);
        saveOrWarn();
        changes.accept(task.report());
    }

    private void saveOrWarn() {
        journal.saveOrWarn(entries());
    }

    private List<Journal.Entry> entries() {
        return tasks.values().stream().map(NodeTask::entry).toList();
    }
}
