package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What must hold of a run when all is quiet again. */
final class Invariants {
    /** An Ollama fetches so many parts at once, and a hard kill loses them all. */
    private static final long LOST_BY_INTERRUPTION = 4 * FleetShape.PART_SIZE;

    private final FaultyFleet fleet;
    private final Ledger ledger;
    private final List<UUID> nodes;
    private final Instant start;
    private final TrafficBefore before;

    /** What the links had counted when the run began. */
    record TrafficBefore(Map<String, Long> bytes, Map<FaultyLink, Long> faults) {
        static TrafficBefore of(FaultyFleet fleet) {
            Map<String, Long> bytes = new HashMap<>();
            Map<FaultyLink, Long> faults = new HashMap<>();
            for (FaultyNode node : fleet.nodes()) {
                node.localLinks().forEach(link -> faults.put(link, link.traffic().faults()));
                for (ModelName model : FleetShape.modelNames()) {
                    String path = path(fleet.registry().weights(model));
                    bytes.put(node + path, node.toRegistry().traffic().bytes(path));
                }
            }
            return new TrafficBefore(bytes, faults);
        }
    }

    /**
     * @param nodes the nodes' ids by position
     * @param start when the run began
     */
    Invariants(
            FaultyFleet fleet,
            Ledger ledger,
            List<UUID> nodes,
            Instant start,
            TrafficBefore before) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.nodes = List.copyOf(nodes);
        this.start = start;
        this.before = before;
    }

    /**
     * Checks what one coordinator tells.
     *
     * @param history all that it showed before
     * @return the run's tasks
     */
    List<Task> check(FleetReader reader, TaskHistory history) {
        List<Task> all = reader.tasks();
        all.forEach(history::saw);
        Map<UUID, Task> byId = new HashMap<>();
        all.forEach(task -> byId.put(task.id(), task));
        if (byId.size() < history.size()) {
            throw new Violation(
                    "%d tasks were seen, and %d are listed".formatted(history.size(), byId.size()));
        }
        checkAcknowledged(byId);
        checkSettings(reader.agents());
        List<Task> own = all.stream().filter(task -> !task.createdAt().isBefore(start)).toList();
        for (int i = 0; i < nodes.size(); i++) {
            checkModels(i, own);
            checkBytes(i, own);
        }
        return own;
    }

    private void checkAcknowledged(Map<UUID, Task> byId) {
        for (UUID id : ledger.tasks()) {
            if (!byId.containsKey(id)) {
                throw new Violation("an acknowledged task is lost: " + id);
            }
        }
        for (UUID id : ledger.cancelled()) {
            if (byId.get(id) == null || byId.get(id).status() != TaskStatus.CANCELLED) {
                throw new Violation("a task that was cancelled is not: " + byId.get(id));
            }
        }
    }

    private void checkSettings(Map<UUID, Agent> agents) {
        for (int i = 0; i < nodes.size(); i++) {
            Agent agent = agents.get(nodes.get(i));
            if (agent == null) {
                throw new Violation("a node is lost: " + nodes.get(i));
            }
            String notes = agent.notes() == null ? "" : agent.notes();
            boolean possible =
                    ledger.settings(i)
                            .map(
                                    wishes ->
                                            wishes.stream()
                                                    .anyMatch(wish -> wish.notes().equals(notes)))
                            .orElse(true);
            if (!possible) {
                throw new Violation(
                        "acknowledged settings are lost: node-%d has the notes '%s', and was given %s"
                                .formatted(i + 1, notes, ledger.settings(i).orElseThrow()));
            }
        }
    }

    private void checkModels(int node, List<Task> own) {
        Map<ModelName, String> held = FleetReader.installed(fleet.nodes().get(node));
        held.forEach(
                (model, digest) -> {
                    String right = fleet.registry().manifest(model).digest().hex();
                    if (!digest.equals(right)) {
                        throw new Violation(
                                "%s on node-%d has the digest %s, not %s"
                                        .formatted(model, node + 1, digest, right));
                    }
                });
        for (ModelName model : FleetShape.modelNames()) {
            checkModel(node, model, tasks(own, node, model), held.containsKey(model));
        }
    }

    private List<Task> tasks(List<Task> own, int node, ModelName model) {
        return own.stream()
                .filter(task -> task.agentId().equals(nodes.get(node)))
                .filter(task -> task.modelName().equals(model))
                .sorted(Comparator.comparing(Task::createdAt))
                .toList();
    }

    private void checkModel(int node, ModelName model, List<Task> tasks, boolean held) {
        Optional<Task> pulled = last(tasks, TaskKind.PULL);
        if (pulled.isPresent()
                && over(tasks, TaskKind.REMOVE, pulled.get().createdAt())
                && ledger.emptied(node).stream()
                        .allMatch(when -> when.isBefore(pulled.get().createdAt()))
                && !held) {
            throw new Violation(
                    "a pull is completed and node-%d does not hold the model: %s"
                            .formatted(node + 1, pulled.get()));
        }
        Optional<Task> removed = last(tasks, TaskKind.REMOVE);
        if (removed.isPresent() && over(tasks, TaskKind.PULL, removed.get().createdAt()) && held) {
            throw new Violation(
                    "a removal of %s is completed and node-%d holds the model: %s"
                            .formatted(model, node + 1, removed.get()));
        }
    }

    private static Optional<Task> last(List<Task> tasks, TaskKind kind) {
        return tasks.stream()
                .filter(task -> task.kind() == kind && task.status() == TaskStatus.COMPLETED)
                .reduce((first, second) -> second);
    }

    /** Whether all tasks of the kind had ended before that time. */
    private static boolean over(List<Task> tasks, TaskKind kind, Instant when) {
        return tasks.stream()
                .filter(task -> task.kind() == kind)
                .allMatch(task -> task.completedAt() != null && task.completedAt().isBefore(when));
    }

    private void checkBytes(int node, List<Task> own) {
        FaultyNode machine = fleet.nodes().get(node);
        long ended =
                own.stream()
                        .filter(task -> task.agentId().equals(nodes.get(node)))
                        .filter(task -> task.status() != TaskStatus.COMPLETED)
                        .count();
        long met =
                machine.localLinks().stream()
                        .mapToLong(link -> link.traffic().faults() - faultsBefore(link))
                        .sum();
        long interruptions = ledger.interruptions(node) + ended + met;
        for (ModelName model : FleetShape.modelNames()) {
            Blob weights = fleet.registry().weights(model);
            String path = path(weights);
            long served =
                    machine.toRegistry().traffic().bytes(path)
                            - before.bytes.getOrDefault(machine + path, 0L);
            List<Task> tasks = tasks(own, node, model);
            long allowed =
                    weights.size() * downloads(node, tasks) + LOST_BY_INTERRUPTION * interruptions;
            if (served > allowed) {
                throw new Violation(
                        "node-%d fetched %d bytes of %s (%d bytes), more than the %d that %d interruptions explain; tasks: %s"
                                .formatted(
                                        node + 1,
                                        served,
                                        model,
                                        weights.size(),
                                        allowed,
                                        interruptions,
                                        tasks));
            }
        }
    }

    private long faultsBefore(FaultyLink link) {
        return before.faults.getOrDefault(link, 0L);
    }

    /** How often all bytes may have been needed: once, and again after whatever took them away. */
    private long downloads(int node, List<Task> tasks) {
        boolean corrupt = ledger.corrupted();
        return tasks.stream()
                        .filter(task -> task.kind() == TaskKind.REMOVE || corrupt)
                        .mapToLong(task -> corrupt ? 2 : 1)
                        .sum()
                + ledger.emptied(node).size()
                + 1;
    }

    private static String path(Blob blob) {
        return "/data/" + blob.digest();
    }
}
