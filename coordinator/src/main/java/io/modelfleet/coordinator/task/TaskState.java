package io.modelfleet.coordinator.task;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.protocol.Text;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task at one moment.
 *
 * @param attempt how often it was handed to its agent
 * @param cause why the last attempt, or the task, failed
 * @param handedOutAt when it was last handed to its agent; {@code null} when that has failed
 */
public record TaskState(
        TaskOrigin origin,
        TaskStatus status,
        Transfer transfer,
        int attempt,
        @Nullable Cause cause,
        @Nullable Instant startedAt,
        Instant updatedAt,
        @Nullable Instant completedAt,
        @Nullable Instant handedOutAt) {

    /**
     * Why something failed.
     *
     * @param text for a person, with what to do where that is known
     */
    public record Cause(String text, ErrorCode code) {
        /** Text that no database refuses: another program may have written it. */
        public Cause {
            text = Text.printable(text);
        }
    }

    /** A task that nobody has been told of yet. */
    public static TaskState created(
            TaskKind kind,
            UUID agentId,
            ModelName model,
            @Nullable UUID retryOf,
            @Nullable Long bytesTotal,
            Instant now) {
        return new TaskState(
                new TaskOrigin(UUID.randomUUID(), kind, agentId, model, retryOf, now),
                TaskStatus.PENDING,
                new Transfer(0, 0, null, bytesTotal),
                0,
                null,
                null,
                now,
                null,
                null);
    }

    public UUID id() {
        return origin.id();
    }

    public UUID agentId() {
        return origin.agentId();
    }

    public boolean active() {
        return !status.isFinal();
    }

    /** The same task further on, or back at {@link TaskStatus#PENDING}. */
    public TaskState to(TaskStatus next, Instant now) {
        boolean begins =
                startedAt == null
                        && (next == TaskStatus.DOWNLOADING || next == TaskStatus.VERIFYING);
        return new TaskState(
                origin,
                next,
                transfer(next),
                attempt,
                next == TaskStatus.COMPLETED ? null : cause,
                begins ? now : startedAt,
                now,
                next.isFinal() ? now : null,
                handedOutAt);
    }

    private Transfer transfer(TaskStatus next) {
        return switch (next) {
            case COMPLETED -> transfer.whole();
            case PENDING, QUEUED, FAILED, CANCELLED -> transfer.still();
            case DOWNLOADING, VERIFYING -> transfer;
        };
    }

    TaskState with(Transfer newTransfer, Instant now) {
        return new TaskState(
                origin,
                status,
                newTransfer,
                attempt,
                cause,
                startedAt,
                now,
                completedAt,
                handedOutAt);
    }

    TaskState with(Cause newCause, Instant now) {
        return new TaskState(
                origin,
                status,
                transfer,
                attempt,
                newCause,
                startedAt,
                now,
                completedAt,
                handedOutAt);
    }

    /**
     * This state, as another coordinator wrote it, with what this one has heard of the transfer
     * since it last wrote it.
     */
    TaskState withNewsOf(TaskState heard) {
        return new TaskState(
                origin,
                status,
                transfer.withNewsOf(heard.transfer),
                Math.max(attempt, heard.attempt),
                cause == null ? heard.cause : cause,
                startedAt,
                heard.updatedAt,
                completedAt,
                handedOutAt == null ? heard.handedOutAt : handedOutAt);
    }

    /** As a process finds it that starts with nobody else on the database. */
    TaskState leftBehind() {
        return with(transfer.still(), updatedAt).handOutOver();
    }

    /** Nobody waits for its agent's answer any more. */
    TaskState handOutOver() {
        return new TaskState(
                origin, status, transfer, attempt, cause, startedAt, updatedAt, completedAt, null);
    }

    /** Its agent's answer is still waited for. */
    TaskState waitedFor(Instant now) {
        return new TaskState(
                origin, status, transfer, attempt, cause, startedAt, now, completedAt, now);
    }

    TaskState handedOut(Instant now) {
        return new TaskState(
                origin, status, transfer, attempt + 1, cause, startedAt, now, completedAt, now);
    }
}
