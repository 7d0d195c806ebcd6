package io.modelfleet.console.tasks;

import io.modelfleet.protocol.TaskStatus;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one chip above the table lets through. */
enum TaskGroup {
    ALL(EnumSet.allOf(TaskStatus.class)),
    RUNNING(EnumSet.of(TaskStatus.DOWNLOADING, TaskStatus.VERIFYING)),
    WAITING(EnumSet.of(TaskStatus.PENDING, TaskStatus.QUEUED)),
    FAILED(EnumSet.of(TaskStatus.FAILED)),
    COMPLETED(EnumSet.of(TaskStatus.COMPLETED)),
    CANCELLED(EnumSet.of(TaskStatus.CANCELLED));

    // Never changed after construction.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<TaskStatus> statuses;

    TaskGroup(Set<TaskStatus> statuses) {
        this.statuses = statuses;
    }

    boolean holds(TaskStatus status) {
        return statuses.contains(status);
    }

    /** Whether the coordinator may know older ones: active tasks are always all here. */
    boolean hasHistory() {
        return statuses.stream().anyMatch(TaskStatus::isFinal);
    }

    /** What to narrow a question for older tasks with. */
    @Nullable TaskStatus only() {
        return statuses.size() == 1 ? statuses.iterator().next() : null;
    }

    /** Key of its name in the messages. */
    String key() {
        return "tasks.group." + name();
    }

    /** Id of its chip, and what other pages call it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
