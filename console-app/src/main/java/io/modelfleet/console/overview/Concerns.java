package io.modelfleet.console.overview;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.overview.Concern.Drifted;
import io.modelfleet.console.overview.Concern.Failed;
import io.modelfleet.console.overview.Concern.ManyFailed;
import io.modelfleet.console.overview.Concern.Trouble;
import io.modelfleet.console.page.NodeNames;
import io.modelfleet.console.page.PageId;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What in a fleet needs attention. */
final class Concerns {
    /** From this share on, the next large model does not fit. */
    static final double NEARLY_FULL = 0.9;

    /** A failure that nobody minded for so long is history; the page of tasks still has it. */
    static final Duration FAILURES = Duration.ofDays(1);

    /** More of a kind than this share one line, or a cable that is pulled fills the page. */
    static final int LINES = 4;

    private Concerns() {}

    /** The most urgent first: what failed, what is away, what will fail. */
    static List<Concern> of(FleetState fleet, Holdings holdings, Instant now) {
        List<Concern> all = new ArrayList<>(failures(fleet, now));
        all.addAll(nodes(fleet, Trouble.OFFLINE, Concerns::isOffline, "status:offline"));
        all.addAll(nodes(fleet, Trouble.OLLAMA, Concerns::isSilent, ""));
        all.addAll(nodes(fleet, Trouble.DISK, Concerns::isNearlyFull, ""));
        all.addAll(drifts(holdings));
        return List.copyOf(all);
    }

    private static boolean isOffline(Agent agent) {
        return agent.status() == Presence.OFFLINE;
    }

    private static boolean isSilent(Agent agent) {
        return !isOffline(agent) && agent.ollama() == OllamaState.UNREACHABLE;
    }

    private static boolean isNearlyFull(Agent agent) {
        return !isOffline(agent) && Summary.disk(agent).share() > NEARLY_FULL;
    }

    private static List<Concern> nodes(
            FleetState fleet, Trouble trouble, Predicate<Agent> has, String filter) {
        List<Agent> nodes =
                fleet.agents().values().stream()
                        .filter(has)
                        .sorted(Comparator.comparing(NodeNames::of, String.CASE_INSENSITIVE_ORDER))
                        .toList();
        if (nodes.size() > LINES) {
            return List.of(new Concern.Nodes(trouble, nodes, new Link(PageId.NODES, filter)));
        }
        return nodes.stream().<Concern>map(node -> node(trouble, node)).toList();
    }

    private static Concern node(Trouble trouble, Agent node) {
        return new Concern.Nodes(
                trouble, List.of(node), new Link(PageId.NODES, node.id().toString()));
    }

    private static List<Concern> failures(FleetState fleet, Instant now) {
        Map<List<Object>, List<Task>> alike = new LinkedHashMap<>();
        for (Task task : standing(fleet, now)) {
            alike.computeIfAbsent(
                            List.of(task.modelName(), task.error() == null ? "" : task.error()),
                            first -> new ArrayList<>())
                    .add(task);
        }
        List<Failed> failures = alike.values().stream().map(Concerns::failed).toList();
        return failures.size() > LINES
                ? List.of(new ManyFailed(failures, new Link(PageId.TASKS, "status:failed")))
                : List.copyOf(failures);
    }

    private static Failed failed(List<Task> tasks) {
        Task first = tasks.getFirst();
        return new Failed(
                first.modelName(),
                first.error() == null ? "" : first.error(),
                List.copyOf(tasks),
                new Link(
                        PageId.TASKS,
                        tasks.size() == 1
                                ? first.id().toString()
                                : "status:failed model:" + first.modelName()));
    }

    /** Failed tasks, the newest first, that nothing has made good since. */
    private static List<Task> standing(FleetState fleet, Instant now) {
        Collection<Task> tasks = fleet.tasks().values();
        Set<UUID> retried =
                tasks.stream()
                        .map(Task::retryOf)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        Map<Work, Instant> latest = new HashMap<>();
        tasks.forEach(task -> latest.merge(Work.of(task), task.createdAt(), Concerns::later));
        return tasks.stream()
                .filter(task -> task.status() == TaskStatus.FAILED)
                .filter(task -> task.updatedAt().isAfter(now.minus(FAILURES)))
                .filter(task -> fleet.agents().containsKey(task.agentId()))
                .filter(task -> !retried.contains(task.id()))
                .filter(task -> !task.createdAt().isBefore(latest.get(Work.of(task))))
                .filter(task -> !isThere(fleet, task))
                .sorted(Comparator.comparing(Task::updatedAt).reversed())
                .toList();
    }

    /** One model on one node, whatever is done to it. */
    private record Work(UUID node, ModelName model) {
        static Work of(Task task) {
            return new Work(task.agentId(), task.modelName());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The model was missing when the pull failed; someone may have fetched it by hand since. */
    private static boolean isThere(FleetState fleet, Task task) {
        var installed = fleet.models(task.agentId()).get(task.modelName());
        return task.kind() == TaskKind.PULL
                && installed != null
                && installed.installedAt() != null
                && installed.installedAt().isAfter(task.updatedAt());
    }

    private static List<Concern> drifts(Holdings holdings) {
        List<Holdings.Drift> drifts = holdings.drifts();
        if (drifts.size() > LINES) {
            return List.of(new Drifted(drifts, Link.to(PageId.MATRIX)));
        }
        return drifts.stream()
                .<Concern>map(
                        drift ->
                                new Drifted(
                                        List.of(drift),
                                        new Link(PageId.MATRIX, drift.name().toString())))
                .toList();
    }
}
