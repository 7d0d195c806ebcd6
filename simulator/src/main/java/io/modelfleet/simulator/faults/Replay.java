package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a reader of {@code /api/changes} holds: every answer applied as the console does it. */
final class Replay {
    private final Map<UUID, Agent> agents = new HashMap<>();
    private final Map<UUID, List<NodeModel>> models = new HashMap<>();
    private final Map<UUID, Task> tasks = new HashMap<>();
    private long version;

    /** What to ask with next time; 0 at first. */
    long version() {
        return version;
    }

    /**
     * @throws Violation when the version goes back; that of a full answer may, because a restarted
     *     coordinator counts anew
     */
    void apply(Changes changes) {
        if (!changes.full() && changes.version() < version) {
            throw new Violation(
                    "the version of /api/changes went back from %d to %d, and the answer is not full"
                            .formatted(version, changes.version()));
        }
        version = changes.version();
        if (changes.full()) {
            agents.clear();
            models.clear();
            tasks.clear();
        }
        changes.removedAgents().forEach(agents::remove);
        changes.removedAgents().forEach(models::remove);
        changes.agents().forEach(agent -> agents.put(agent.id(), agent));
        changes.models().forEach(node -> models.put(node.agentId(), node.models()));
        changes.tasks().forEach(task -> tasks.put(task.id(), task));
    }

    Map<UUID, Agent> agents() {
        return Map.copyOf(agents);
    }

    List<NodeModel> models(UUID agent) {
        return models.getOrDefault(agent, List.of());
    }

    Map<UUID, Task> tasks() {
        return Map.copyOf(tasks);
    }
}
