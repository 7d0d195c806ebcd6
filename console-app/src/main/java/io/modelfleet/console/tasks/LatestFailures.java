package io.modelfleet.console.tasks;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Failed tasks that nobody dealt with yet: the last word about a model on a node that is still in
 * the fleet.
 */
final class LatestFailures {
    private record Work(UUID node, ModelName model) {
        static Work of(Task task) {
            return new Work(task.agentId(), task.modelName());
        }
    }

    private LatestFailures() {}

    /**
     * @param tasks all that are known
     * @param nodes those of the fleet
     * @param wanted which failures are meant
     */
    static List<TaskFacts> of(
            Collection<TaskFacts> tasks, Set<UUID> nodes, Predicate<TaskFacts> wanted) {
        Map<Work, TaskFacts> latest = new HashMap<>();
        for (TaskFacts facts : tasks) {
            latest.merge(Work.of(facts.task()), facts, LatestFailures::later);
        }
        return latest.values().stream()
                .filter(facts -> facts.task().status() == TaskStatus.FAILED)
                .filter(facts -> nodes.contains(facts.task().agentId()))
                .filter(wanted)
                .sorted(
                        Comparator.comparing(TaskFacts::node, String.CASE_INSENSITIVE_ORDER)
                                .thenComparing(facts -> facts.task().modelName())
                                .thenComparing(facts -> facts.task().kind() == TaskKind.REMOVE))
                .toList();
    }

    private static TaskFacts later(TaskFacts a, TaskFacts b) {
        return a.task().createdAt().isBefore(b.task().createdAt()) ? b : a;
    }
}
