package io.modelfleet.console.matrix;

import io.modelfleet.console.client.Reply;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A large fleet that never rests: at every question, each of its downloads has come further, some
 * have ended, and others have begun in their place. What it answers has been JSON on the way, as in
 * life.
 */
final class BenchFleet {
    private static final long BYTES = 8_000_000_000L;
    private static final double STEP = 0.03;

    private final Random random = new Random(1);
    private final int downloads;
    private final List<UUID> nodes = new ArrayList<>();
    private final List<NodeModel> catalog = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private final Map<UUID, Set<NodeModel>> held = new LinkedHashMap<>();
    private final Map<UUID, Task> active = new LinkedHashMap<>();
    private long version = 1;

    /**
     * @param holdings how many models each node holds at first
     * @param downloads how many tasks change at every question
     */
    BenchFleet(int nodes, int models, int holdings, int downloads) {
        this.downloads = downloads;
        GpuDevice gpu = Fleets.gpu("NVIDIA GeForce RTX 4090", 24, .5, 40, 60);
        for (int m = 0; m < models; m++) {
            catalog.add(Fleets.model("model-%03d:%db".formatted(m, 1 + m % 70), 1 + m % 40));
        }
        for (int n = 0; n < nodes; n++) {
            Agent agent =
                    Fleets.agent(
                            "gpu-%04d".formatted(n),
                            n % 50 == 49 ? Presence.OFFLINE : Presence.ONLINE,
                            gpu);
            agents.add(agent);
            this.nodes.add(agent.id());
            Set<NodeModel> holds = new LinkedHashSet<>();
            for (int h = 0; h < holdings; h++) {
                holds.add(catalog.get(random.nextInt(models)));
            }
            held.put(agent.id(), holds);
        }
        while (active.size() < downloads) {
            begin();
        }
    }

    /** What {@code GET /api/changes} answers. */
    Reply<Changes> changes(long since) {
        Changes next = since == version ? step() : everything();
        return new Reply.Ok<>(Json.read(Json.write(next), Changes.class));
    }

    private Changes everything() {
        return new Changes(
                version,
                true,
                agents,
                List.of(),
                nodes.stream().map(this::holdings).toList(),
                List.copyOf(active.values()));
    }

    private Changes step() {
        List<Task> changed = new ArrayList<>();
        Set<UUID> filled = new LinkedHashSet<>();
        for (Task task : List.copyOf(active.values())) {
            double progress = task.progress() + STEP * random.nextDouble();
            TaskStatus status = progress >= 1 ? TaskStatus.COMPLETED : TaskStatus.DOWNLOADING;
            Task next = task(task, status, Math.min(1, progress));
            changed.add(next);
            if (status == TaskStatus.COMPLETED) {
                active.remove(task.id());
                filled.add(task.agentId());
                finish(task);
            } else {
                active.put(task.id(), next);
            }
        }
        while (active.size() < downloads) {
            changed.add(begin());
        }
        version++;
        return new Changes(
                version,
                false,
                List.of(),
                List.of(),
                filled.stream().map(this::holdings).toList(),
                changed);
    }

    /** A node that has got a model loses another, so that the fleet stays as large as it is. */
    private void finish(Task task) {
        Set<NodeModel> holds = held.getOrDefault(task.agentId(), new LinkedHashSet<>());
        catalog.stream().filter(model -> model.name().equals(task.modelName())).forEach(holds::add);
        holds.remove(holds.iterator().next());
    }

    private NodeModels holdings(UUID node) {
        return new NodeModels(node, List.copyOf(held.getOrDefault(node, Set.of())));
    }

    private Task begin() {
        UUID node = nodes.get(random.nextInt(nodes.size()));
        ModelName model = catalog.get(random.nextInt(catalog.size())).name();
        Task like = Fleets.task("none", "none:1b", TaskStatus.DOWNLOADING, 0);
        Task begun =
                copy(
                        like,
                        new UUID(random.nextLong(), random.nextLong()),
                        node,
                        model,
                        TaskStatus.DOWNLOADING,
                        random.nextDouble());
        active.put(begun.id(), begun);
        return begun;
    }

    private static Task task(Task task, TaskStatus status, double progress) {
        return copy(task, task.id(), task.agentId(), task.modelName(), status, progress);
    }

    private static Task copy(
            Task like, UUID id, UUID node, ModelName model, TaskStatus status, double progress) {
        Instant now = Instant.now();
        return new Task(
                id,
                TaskKind.PULL,
                node,
                model,
                status,
                progress,
                status.isFinal() ? 0 : 48_000_000,
                (long) (progress * BYTES),
                BYTES,
                status.isFinal() ? null : 60L,
                1,
                null,
                null,
                null,
                like.createdAt(),
                like.startedAt(),
                now,
                status.isFinal() ? now : null);
    }
}
