package io.modelfleet.console.overview;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.overview.Event.Kind;
import io.modelfleet.console.page.NodeNames;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened between two states of a fleet. */
final class Events {
    /** More of a kind at once are told as one. */
    static final int ONE_BY_ONE = 5;

    /** How long after a task's end a model that comes or goes is still the task's doing. */
    private static final Duration AFTERMATH = Duration.ofMinutes(1);

    private final FleetState before;
    private final FleetState now;
    private final Instant at;
    private final List<Event> found = new ArrayList<>();

    private Events(FleetState before, FleetState now, Instant at) {
        this.before = before;
        this.now = now;
        this.at = at;
    }

    /**
     * Newest first.
     *
     * @param at when the later state was learned; what carries its own time is told with that
     */
    static List<Event> between(FleetState before, FleetState now, Instant at) {
        Events events = new Events(before, now, at);
        events.nodes();
        events.tasks();
        events.models();
        return events.told();
    }

    /** What a fleet that was never seen before still knows of its past: its finished tasks. */
    static List<Event> history(FleetState fleet) {
        Events events = new Events(FleetState.EMPTY, fleet, Instant.EPOCH);
        fleet.tasks().values().stream()
                .filter(task -> task.status().isFinal())
                .forEach(events::finished);
        return newestFirst(events.found.stream()).toList();
    }

    private void nodes() {
        if (now.agents().equals(before.agents())) {
            return;
        }
        for (Agent agent : now.agents().values()) {
            Agent old = before.agents().get(agent.id());
            if (old == null) {
                node(Kind.NODE_JOINED, agent);
                continue;
            }
            if (old.status() != agent.status()) {
                node(agent.status() == Presence.ONLINE ? Kind.NODE_BACK : Kind.NODE_LOST, agent);
            }
            if (old.schedulable() != agent.schedulable()) {
                node(agent.schedulable() ? Kind.NODE_RESUMED : Kind.NODE_PAUSED, agent);
            }
        }
        before.agents().values().stream()
                .filter(old -> !now.agents().containsKey(old.id()))
                .forEach(
                        old ->
                                add(
                                        at,
                                        Kind.NODE_REMOVED,
                                        NodeNames.of(old),
                                        "",
                                        Link.to(Kind.NODE_REMOVED.page())));
    }

    private void node(Kind kind, Agent agent) {
        add(at, kind, NodeNames.of(agent), "", new Link(kind.page(), agent.id().toString()));
    }

    private void tasks() {
        for (Task task : now.tasks().values()) {
            Task old = before.tasks().get(task.id());
            if (task.status().isFinal() && (old == null || !old.status().isFinal())) {
                finished(task);
            }
        }
    }

    private void finished(Task task) {
        boolean pull = task.kind() == TaskKind.PULL;
        Kind kind =
                switch (task.status()) {
                    case COMPLETED -> pull ? Kind.PULL_COMPLETED : Kind.REMOVE_COMPLETED;
                    case FAILED -> pull ? Kind.PULL_FAILED : Kind.REMOVE_FAILED;
                    case CANCELLED -> pull ? Kind.PULL_CANCELLED : Kind.REMOVE_CANCELLED;
                    case PENDING, QUEUED, DOWNLOADING, VERIFYING ->
                            throw new IllegalArgumentException("not finished: " + task.id());
                };
        Instant completed = task.completedAt();
        add(
                completed == null ? task.updatedAt() : completed,
                kind,
                NodeNames.of(now, task.agentId()),
                task.modelName().toString(),
                new Link(kind.page(), task.id().toString()));
    }

    private void models() {
        if (now.models().equals(before.models())) {
            return;
        }
        Set<Work> byTasks =
                now.tasks().values().stream()
                        .filter(task -> task.updatedAt().isAfter(at.minus(AFTERMATH)))
                        .map(task -> new Work(task.agentId(), task.modelName()))
                        .collect(Collectors.toSet());
        now.models()
                .forEach(
                        (node, models) -> {
                            Map<ModelName, NodeModel> old = before.models().get(node);
                            // The first list of a node is news of the node, not of its models.
                            if (old != null && !old.equals(models)) {
                                missing(models, old, node, Kind.MODEL_APPEARED, byTasks);
                                missing(old, models, node, Kind.MODEL_GONE, byTasks);
                            }
                        });
    }

    private void missing(
            Map<ModelName, NodeModel> here,
            Map<ModelName, NodeModel> there,
            UUID node,
            Kind kind,
            Set<Work> byTasks) {
        for (ModelName model : here.keySet()) {
            if (!there.containsKey(model) && !byTasks.contains(new Work(node, model))) {
                add(
                        at,
                        kind,
                        NodeNames.of(now, node),
                        model.toString(),
                        new Link(kind.page(), model.toString()));
            }
        }
    }

    private record Work(UUID node, ModelName model) {}

    private void add(Instant when, Kind kind, String node, String model, Link link) {
        found.add(new Event(when, kind, node, model, 1, link));
    }

    private List<Event> told() {
        Map<Kind, List<Event>> byKind = new EnumMap<>(Kind.class);
        found.forEach(
                event ->
                        byKind.computeIfAbsent(event.kind(), first -> new ArrayList<>())
                                .add(event));
        return newestFirst(
                        byKind.values().stream()
                                .flatMap(
                                        alike ->
                                                alike.size() > ONE_BY_ONE
                                                        ? Stream.of(together(alike))
                                                        : alike.stream()))
                .toList();
    }

    private static Event together(List<Event> alike) {
        Event newest = newestFirst(alike.stream()).findFirst().orElseThrow();
        boolean oneModel = alike.stream().map(Event::model).distinct().count() == 1;
        return new Event(
                newest.at(),
                newest.kind(),
                "",
                oneModel ? newest.model() : "",
                alike.size(),
                Link.to(newest.kind().page()));
    }

    private static Stream<Event> newestFirst(Stream<Event> events) {
        return events.sorted(Comparator.comparing(Event::at).reversed());
    }
}
