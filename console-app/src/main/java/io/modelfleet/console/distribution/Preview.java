package io.modelfleet.console.distribution;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a distribution would do, by the rules of the coordinator and what the console knows. The
 * coordinator knows more, such as the parts of a model that a node has already from another one, so
 * bytes are an upper bound; and it decides.
 *
 * @param lines one per node that is meant: first those that get the model, each half by name
 * @param bytes to move; absent when some node's are unknown
 * @param tightest which node has the least disk left afterwards; absent when no node's is known
 */
record Preview(List<Line> lines, @Nullable Long bytes, @Nullable Line tightest) {
    static final Preview NOTHING = new Preview(List.of(), 0L, null);

    private static final Comparator<Line> ORDER =
            Comparator.comparing((Line line) -> !line.outcome().gets())
                    .thenComparing(Line::name, String.CASE_INSENSITIVE_ORDER);

    /**
     * One node's part.
     *
     * @param bytes that it fetches at most; absent while unknown
     * @param free bytes of its disk that no other task needs; absent while unknown
     */
    record Line(Agent node, Outcome outcome, @Nullable Long bytes, @Nullable Long free) {
        String name() {
            String custom = node.customName();
            return custom == null || custom.isBlank() ? node.machineName() : custom;
        }

        /** Bytes of disk left afterwards; absent while unknown, or while there is no room. */
        @Nullable Long left() {
            return bytes == null || free == null || bytes > free
                    ? null
                    : Long.valueOf(free - bytes);
        }
    }

    static Preview of(FleetState fleet, Wish wish) {
        Tasks tasks = Tasks.of(fleet, wish.model());
        List<Line> lines = new ArrayList<>();
        for (Agent node : fleet.agents().values()) {
            if (wish.nodes().test(node)) {
                lines.add(line(fleet, node, wish, tasks));
            }
        }
        lines.sort(ORDER);
        return new Preview(List.copyOf(lines), sum(lines), tightest(lines));
    }

    private static Line line(FleetState fleet, Agent node, Wish wish, Tasks tasks) {
        boolean installed = fleet.models(node.id()).containsKey(wish.model());
        Long bytes = installed ? Long.valueOf(0) : wish.size();
        Long disk = node.diskFree();
        Long free =
                disk == null
                        ? null
                        : Long.valueOf(
                                Math.max(0, disk - tasks.reserved().getOrDefault(node.id(), 0L)));
        boolean running = tasks.running().contains(node.id());
        Outcome outcome = outcome(node, wish, installed, running, lacksRoom(bytes, free));
        return new Line(node, outcome, bytes, free);
    }

    private static boolean lacksRoom(@Nullable Long bytes, @Nullable Long free) {
        return bytes != null && free != null && bytes > free;
    }

    private static Outcome outcome(
            Agent node, Wish wish, boolean installed, boolean running, boolean full) {
        if (running) {
            return Outcome.RUNNING;
        }
        if (installed && !wish.again()) {
            return Outcome.INSTALLED;
        }
        if (node.status() == Presence.OFFLINE) {
            return wish.queue() ? Outcome.WAITS_OFFLINE : Outcome.OFFLINE;
        }
        if (!node.schedulable()) {
            return wish.queue() ? Outcome.WAITS_PAUSED : Outcome.PAUSED;
        }
        if (full) {
            return wish.queue() ? Outcome.WAITS_FULL : Outcome.FULL;
        }
        return installed ? Outcome.AGAIN : Outcome.STARTS;
    }

    private static @Nullable Long sum(List<Line> lines) {
        long sum = 0;
        for (Line line : lines) {
            if (line.outcome().gets()) {
                Long bytes = line.bytes();
                if (bytes == null) {
                    return null;
                }
                sum += bytes;
            }
        }
        return sum;
    }

    private static @Nullable Line tightest(List<Line> lines) {
        Line tightest = null;
        long least = Long.MAX_VALUE;
        for (Line line : lines) {
            Long left = line.left();
            if (line.outcome().gets() && left != null && left < least) {
                tightest = line;
                least = left;
            }
        }
        return tightest;
    }

    /** How many nodes get the model. */
    int getting() {
        return (int) lines.stream().filter(line -> line.outcome().gets()).count();
    }

    /** How many of those get it only later. */
    int waiting() {
        return (int) lines.stream().filter(line -> line.outcome().waits()).count();
    }

    int leftOut() {
        return lines.size() - getting();
    }

    /** The nodes that get the model. */
    List<UUID> receivers() {
        return lines.stream()
                .filter(line -> line.outcome().gets())
                .map(line -> line.node().id())
                .toList();
    }

    /** Whether the operator was told that this node would be left out. */
    boolean foresaw(UUID agentId) {
        return lines.stream()
                .anyMatch(line -> line.node().id().equals(agentId) && !line.outcome().gets());
    }

    /**
     * What the active pulls mean for their nodes, from one pass over all tasks.
     *
     * @param reserved bytes that they still need, by node
     * @param running nodes that are getting the model
     */
    private record Tasks(Map<UUID, Long> reserved, Set<UUID> running) {
        static Tasks of(FleetState fleet, ModelName model) {
            Map<UUID, Long> reserved = new HashMap<>();
            Set<UUID> running = new HashSet<>();
            for (Task task : fleet.tasks().values()) {
                if (task.kind() == TaskKind.PULL && !task.status().isFinal()) {
                    reserved.merge(task.agentId(), remaining(task), Long::sum);
                    if (task.modelName().equals(model)) {
                        running.add(task.agentId());
                    }
                }
            }
            return new Tasks(reserved, running);
        }

        private static long remaining(Task task) {
            Long total = task.bytesTotal();
            Long done = task.bytesCompleted();
            return total == null ? 0 : Math.max(0, total - (done == null ? 0 : done));
        }
    }
}
