package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The fleet in numbers at one moment: counted once per scrape, however many figures are shown. */
final class FleetFigures {
    /** Below this part of its size, a disk counts as nearly full. */
    private static final double NEARLY_FULL = 0.05;

    private final Map<TaskStatus, Integer> tasks = new EnumMap<>(TaskStatus.class);
    private final Set<UUID> ready = new HashSet<>();
    private final Instant now;
    private int online;
    private int offline;
    private int paused;
    private int diskNearlyFull;
    private double diskFree;
    private double gpuMemory;
    private double gpuMemoryUsed;
    private double speed;
    private Duration heartbeatAge = Duration.ZERO;
    private Duration waitingReady = Duration.ZERO;
    private Duration waitingHeld = Duration.ZERO;

    FleetFigures(Collection<Node> nodes, Collection<TaskState> active, Instant now) {
        this.now = now;
        nodes.forEach(this::add);
        active.forEach(this::add);
    }

    private void add(Node node) {
        if (!node.settings().schedulable()) {
            paused++;
        }
        if (!node.online()) {
            offline++;
            return;
        }
        online++;
        if (node.settings().schedulable()) {
            ready.add(node.id());
        }
        heartbeatAge = longer(heartbeatAge, node.lastSeen());
        Long free = node.figures().diskFree();
        Long total = node.figures().diskTotal();
        if (free != null) {
            diskFree += free;
            if (total != null && free < total * NEARLY_FULL) {
                diskNearlyFull++;
            }
        }
        node.devices().forEach(this::add);
    }

    private void add(GpuDevice device) {
        if (device.memory() != null) {
            gpuMemory += (double) device.memory() * device.devices();
        }
        if (device.memoryUsed() != null) {
            gpuMemoryUsed += device.memoryUsed();
        }
    }

    private void add(TaskState task) {
        tasks.merge(task.status(), 1, Integer::sum);
        speed += task.transfer().speed();
        if (task.status() == TaskStatus.PENDING || task.status() == TaskStatus.QUEUED) {
            if (ready.contains(task.agentId())) {
                waitingReady = longer(waitingReady, task.origin().createdAt());
            } else {
                waitingHeld = longer(waitingHeld, task.origin().createdAt());
            }
        }
    }

    private Duration longer(Duration present, Instant since) {
        Duration age = Duration.between(since, now);
        return age.compareTo(present) > 0 ? age : present;
    }

    int online() {
        return online;
    }

    int offline() {
        return offline;
    }

    int paused() {
        return paused;
    }

    /** Online nodes whose model store has less than 5 % left. */
    int diskNearlyFull() {
        return diskNearlyFull;
    }

    /** Bytes, over all online nodes. */
    double diskFree() {
        return diskFree;
    }

    /** Bytes, over all online nodes. */
    double gpuMemory() {
        return gpuMemory;
    }

    /** Bytes, over all online nodes. */
    double gpuMemoryUsed() {
        return gpuMemoryUsed;
    }

    /** Bytes per second, over all nodes. */
    double speed() {
        return speed;
    }

    int tasks(TaskStatus status) {
        return tasks.getOrDefault(status, 0);
    }

    int waiting() {
        return tasks(TaskStatus.PENDING) + tasks(TaskStatus.QUEUED);
    }

    /** Seconds since the online node that was silent for longest was heard. */
    double heartbeatAge() {
        return seconds(heartbeatAge);
    }

    /** Seconds that the oldest waiting task of a node that could take it has waited. */
    double waitingReady() {
        return seconds(waitingReady);
    }

    /** Seconds that the oldest waiting task of an offline or paused node has waited. */
    double waitingHeld() {
        return seconds(waitingHeld);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
