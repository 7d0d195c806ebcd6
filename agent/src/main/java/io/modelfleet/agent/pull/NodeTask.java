package io.modelfleet.agent.pull;

import io.modelfleet.protocol.AgentTask;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task in the queue. Its state changes under the queue's lock only. */
public final class NodeTask {
    private final TaskQueue queue;
    private final TaskOrder order;
    private final TaskKind kind;
    private final ProgressMeter meter;
    private volatile TaskStatus status;
    private volatile Ending.@Nullable Failed failure;
    private volatile boolean mismatched;

    NodeTask(TaskQueue queue, TaskOrder order, TaskKind kind, InstantSource time) {
        this.queue = queue;
        this.order = new TaskOrder(order.taskId(), kind, order.model(), null, order.blobs());
        this.kind = kind;
        this.meter = new ProgressMeter(order.blobs(), Progress.NONE, time);
        this.status = TaskStatus.QUEUED;
    }

    NodeTask(TaskQueue queue, Journal.Entry entry, TaskKind kind, InstantSource time) {
        this.queue = queue;
        this.order = entry.order();
        this.kind = kind;
        this.meter =
                new ProgressMeter(
                        order.blobs(),
                        new Progress(entry.fraction(), 0, entry.bytesCompleted(), null),
                        time);
        TaskStatus ended = entry.ended();
        this.status = ended == null ? TaskStatus.QUEUED : ended;
        if (ended == TaskStatus.COMPLETED) {
            meter.done();
        }
        this.mismatched = Boolean.TRUE.equals(entry.mismatched());
        if (entry.errorCode() != null && entry.error() != null) {
            this.failure = new Ending.Failed(entry.errorCode(), entry.error());
        }
    }

    public UUID id() {
        return order.taskId();
    }

    public TaskKind kind() {
        return kind;
    }

    public ModelName model() {
        return order.model();
    }

    /** What the model consists of; empty when the coordinator did not say. */
    public List<Blob> blobs() {
        List<Blob> blobs = order.blobs();
        return blobs == null ? List.of() : blobs;
    }

    public TaskStatus status() {
        return status;
    }

    public Progress progress() {
        return meter.now();
    }

    /** For the work itself. */
    public ProgressMeter meter() {
        return meter;
    }

    /** The work has come to another status that is not final. */
    public void becomes(TaskStatus next) {
        if (status != next) {
            queue.advance(this, next);
        }
    }

    /** Bytes have arrived. */
    public void moved() {
        queue.checkpoint();
    }

    /** Whether what was downloaded had a wrong digest before, in this run or an earlier one. */
    boolean mismatched() {
        return mismatched;
    }

    void mismatch() {
        mismatched = true;
        queue.note(this);
    }

    void status(TaskStatus next, Ending.@Nullable Failed cause) {
        failure = cause;
        status = next;
    }

    TaskReport report() {
        Progress progress = meter.now();
        Ending.Failed cause = failure;
        AgentTask task =
                new AgentTask(
                        id(),
                        kind,
                        model(),
                        status,
                        progress.fraction(),
                        progress.speed(),
                        progress.bytesCompleted(),
                        progress.bytesTotal());
        return cause == null
                ? new TaskReport(task, null, null)
                : new TaskReport(task, cause.text(), cause.code());
    }

    Journal.Entry entry() {
        Progress progress = meter.now();
        Ending.Failed cause = failure;
        return new Journal.Entry(
                order,
                progress.fraction(),
                progress.bytesCompleted(),
                status.isFinal() ? status : null,
                cause == null ? null : cause.text(),
                cause == null ? null : cause.code(),
                mismatched ? Boolean.TRUE : null);
    }
}
