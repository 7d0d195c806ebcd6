package io.modelfleet.console.outcome;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what came to an end between two states of a fleet. The coordinator does not say which tasks
 * belong together; those for one model that were created at the same time do.
 */
final class Outcomes {
    /** A coordinator needs no longer to create the tasks of one distribution. */
    static final Duration TOGETHER = Duration.ofSeconds(2);

    private Outcomes() {}

    /** The oldest first. A fleet that was never seen before has nothing to tell. */
    static List<Outcome> between(FleetState before, FleetState now) {
        if (before.version() == FleetState.NO_VERSION || now.tasks().equals(before.tasks())) {
            return List.of();
        }
        List<Task> ended = ended(before, now);
        List<Outcome> outcomes = new ArrayList<>();
        Set<Task> told = new HashSet<>();
        for (Task task : ended) {
            if (told.contains(task)) {
                continue;
            }
            Outcome outcome = new Outcome(task.kind(), task.modelName(), together(task, now));
            told.addAll(outcome.tasks());
            if (outcome.tasks().stream().allMatch(one -> isSettled(one, now)) && matters(outcome)) {
                outcomes.add(outcome);
            }
        }
        return List.copyOf(outcomes);
    }

    private static List<Task> ended(FleetState before, FleetState now) {
        Instant newest =
                before.tasks().values().stream()
                        .map(Task::createdAt)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN);
        return now.tasks().values().stream()
                .filter(task -> task.status().isFinal())
                .filter(task -> isNews(before.tasks().get(task.id()), task, newest))
                .sorted(Comparator.comparing(Task::createdAt).thenComparing(Task::id))
                .toList();
    }

    /** A finished task that turns up in a full answer, though it is old, is no news. */
    private static boolean isNews(@Nullable Task old, Task task, Instant newest) {
        return old == null ? task.createdAt().isAfter(newest) : !old.status().isFinal();
    }

    /** All tasks of a task's distribution, the oldest first. */
    private static List<Task> together(Task one, FleetState now) {
        List<Task> candidates =
                now.tasks().values().stream()
                        .filter(task -> isAlike(task, one.kind(), one.modelName()))
                        .sorted(Comparator.comparing(Task::createdAt).thenComparing(Task::id))
                        .toList();
        List<Task> chain = new ArrayList<>();
        for (Task task : candidates) {
            if (!chain.isEmpty() && gap(chain.getLast(), task).compareTo(TOGETHER) > 0) {
                if (chain.contains(one)) {
                    break;
                }
                chain.clear();
            }
            chain.add(task);
        }
        return chain;
    }

    private static boolean isAlike(Task task, TaskKind kind, ModelName model) {
        return task.kind() == kind && task.modelName().equals(model);
    }

    private static Duration gap(Task earlier, Task later) {
        return Duration.between(earlier.createdAt(), later.createdAt());
    }

    /** A node that is away for days must not hold back the news of all others. */
    private static boolean isSettled(Task task, FleetState now) {
        Agent agent = now.agents().get(task.agentId());
        return task.status().isFinal()
                || (task.status() == TaskStatus.PENDING
                        && (agent == null || agent.status() == Presence.OFFLINE));
    }

    /** Who cancels a task knows it; who removes a model wants to hear of failures only. */
    private static boolean matters(Outcome outcome) {
        return !outcome.failed().isEmpty()
                || (outcome.kind() == TaskKind.PULL && outcome.completed() > 0);
    }
}
