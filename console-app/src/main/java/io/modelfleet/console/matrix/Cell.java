package io.modelfleet.console.matrix;

import io.modelfleet.console.control.State;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one node has to do with one model.
 *
 * @param stale whether the node is offline, so that this is only what it last said
 * @param held what the node holds under this name, also while something is done to it
 * @param task the newest task of this node and model that is active or failed
 */
record Cell(Kind kind, boolean stale, @Nullable NodeModel held, @Nullable Task task) {

    /** A node lists its models anew some time after a task has ended. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(30);

    enum Kind {
        INSTALLED(State.INSTALLED),
        /** The same name with another digest than the newest in the fleet. */
        OLD(State.OLD),
        QUEUED(State.QUEUED),
        DOWNLOADING(State.DOWNLOADING),
        VERIFYING(State.DOWNLOADING),
        REMOVING(State.QUEUED),
        FAILED(State.FAILED),
        ABSENT(State.ABSENT),
        /** More bytes than all the node's GPUs have memory. */
        TOO_BIG_FOR_GPU(State.TOOBIG),
        /** More bytes than the node's disk has left. */
        TOO_BIG_FOR_DISK(State.TOOBIG);

        private final State state;

        Kind(State state) {
            this.state = state;
        }

        /** Sign and colours. */
        State state() {
            return state;
        }

        /** Key of the word in the messages. */
        String key() {
            return "matrix.cell." + name();
        }

        /** Whether a task is at work. */
        boolean isActive() {
            return this == QUEUED || this == DOWNLOADING || this == VERIFYING || this == REMOVING;
        }

        /** Whether the model is not there, and nothing is done about it. */
        boolean isLacking() {
            return this == ABSENT || this == TOO_BIG_FOR_GPU || this == TOO_BIG_FOR_DISK;
        }
    }

    /**
     * @param held what the node lists under the column's name
     * @param newest the newest of all tasks of this node and model
     * @param now tells a list that is about to be renewed from one that says otherwise
     */
    static Cell of(
            Agent node,
            ModelColumn column,
            @Nullable NodeModel held,
            @Nullable Task newest,
            Instant now) {
        Kind kind = newest == null ? null : kind(newest, held, now);
        boolean stale = node.status() == Presence.OFFLINE;
        if (kind != null) {
            return new Cell(
                    kind, stale, held, kind.isActive() || kind == Kind.FAILED ? newest : null);
        }
        boolean gone = newest != null && held != null && justRemoved(newest, held, now);
        return held == null || gone
                ? new Cell(without(node, column.size()), stale, null, null)
                : new Cell(isOld(held, column) ? Kind.OLD : Kind.INSTALLED, stale, held, null);
    }

    /** A cell whose request is on its way to the coordinator. */
    Cell asked() {
        return new Cell(Kind.QUEUED, stale, held, null);
    }

    /** 0 to 1. */
    double progress() {
        return switch (kind) {
            case DOWNLOADING -> task == null ? 0 : task.progress();
            case VERIFYING -> 1;
            case INSTALLED,
                    OLD,
                    QUEUED,
                    REMOVING,
                    FAILED,
                    ABSENT,
                    TOO_BIG_FOR_GPU,
                    TOO_BIG_FOR_DISK ->
                    0;
        };
    }

    /** What the task alone decides, absent when the node's own list does. */
    private static @Nullable Kind kind(Task task, @Nullable NodeModel held, Instant now) {
        return switch (task.status()) {
            case PENDING, QUEUED -> active(task, Kind.QUEUED);
            case DOWNLOADING -> active(task, Kind.DOWNLOADING);
            case VERIFYING -> active(task, Kind.VERIFYING);
            case FAILED -> isOvertaken(task, held) ? null : Kind.FAILED;
            case COMPLETED ->
                    task.kind() == TaskKind.PULL && held == null && isRecent(task, now)
                            ? Kind.INSTALLED
                            : null;
            case CANCELLED -> null;
        };
    }

    private static Kind active(Task task, Kind pulling) {
        return task.kind() == TaskKind.REMOVE ? Kind.REMOVING : pulling;
    }

    /** Whether somebody has since done by hand what the task failed to do. */
    private static boolean isOvertaken(Task failed, @Nullable NodeModel held) {
        return failed.kind() == TaskKind.REMOVE
                ? held == null
                : held != null && isInstalledAfter(held, failed);
    }

    private static boolean justRemoved(Task task, NodeModel held, Instant now) {
        return task.kind() == TaskKind.REMOVE
                && task.status() == TaskStatus.COMPLETED
                && isRecent(task, now)
                && !isInstalledAfter(held, task);
    }

    private static boolean isInstalledAfter(NodeModel held, Task task) {
        Instant ended = task.completedAt();
        return held.installedAt() != null && ended != null && held.installedAt().isAfter(ended);
    }

    private static boolean isRecent(Task task, Instant now) {
        Instant ended = task.completedAt();
        return ended != null && Duration.between(ended, now).compareTo(LISTED_WITHIN) < 0;
    }

    private static boolean isOld(NodeModel held, ModelColumn column) {
        Digest newest = column.newest();
        return newest != null && held.digest() != null && !newest.equals(held.digest());
    }

    private static Kind without(Agent node, @Nullable Long size) {
        if (size == null) {
            return Kind.ABSENT;
        }
        Long free = node.diskFree();
        if (free != null && size > free) {
            return Kind.TOO_BIG_FOR_DISK;
        }
        Long memory = gpuMemory(node);
        return memory != null && size > memory ? Kind.TOO_BIG_FOR_GPU : Kind.ABSENT;
    }

    /** Bytes of all devices together, since Ollama spreads a model over them. */
    static @Nullable Long gpuMemory(Agent node) {
        long sum = 0;
        for (GpuDevice gpu : node.gpuDevices()) {
            Long one = gpu.memory();
            if (one == null) {
                return null;
            }
            sum += one * gpu.devices();
        }
        return node.gpuDevices().isEmpty() ? null : sum;
    }
}
