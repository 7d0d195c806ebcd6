package io.modelfleet.coordinator.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelfleet.coordinator.task.TaskListener;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.Locale;

/** Counts what happens to tasks. */
final class TaskTally implements TaskListener {
    private final MeterRegistry registry;
    private final Counter bytes;

    TaskTally(MeterRegistry registry) {
        this.registry = registry;
        this.bytes =
                Counter.builder("modelfleet.downloaded")
                        .description("Bytes that nodes downloaded, by their reports")
                        .baseUnit("bytes")
                        .register(registry);
        // There from the start, so that the first failure is an increase.
        for (TaskKind kind : TaskKind.values()) {
            for (TaskStatus status : TaskStatus.values()) {
                if (status.isFinal()) {
                    finished(kind, status);
                }
            }
        }
        failed(ErrorCode.OLLAMA_ERROR);
    }

    @Override
    public void changed(TaskState old, TaskState now) {
        bytes.increment(moved(old, now));
        if (old.active() && !now.active()) {
            finished(now.origin().kind(), now.status()).increment();
            if (now.status() == TaskStatus.FAILED && now.cause() != null) {
                failed(now.cause().code()).increment();
            }
        }
    }

    /**
     * What lay on the node's disk before counts as progress too; but only while bytes come in is
     * there a speed.
     */
    private static double moved(TaskState old, TaskState now) {
        Long before = old.transfer().bytesCompleted();
        Long after = now.transfer().bytesCompleted();
        boolean moving = old.transfer().speed() > 0 || now.transfer().speed() > 0;
        if (!moving || after == null) {
            return 0;
        }
        return Math.max(0, after - (before == null ? 0 : before));
    }

    private Counter finished(TaskKind kind, TaskStatus status) {
        return Counter.builder("modelfleet.tasks.finished")
                .description("Tasks that this coordinator ended, by how they ended")
                .tag("kind", kind.wire())
                .tag("status", status.wire())
                .register(registry);
    }

    private Counter failed(ErrorCode code) {
        return Counter.builder("modelfleet.task.failures")
                .description("Tasks that failed, by the cause")
                .tag("code", code.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
