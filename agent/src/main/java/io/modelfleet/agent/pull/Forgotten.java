package io.modelfleet.agent.pull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The tasks that left the queue lately, so that a call which the coordinator made before it heard
 * of a task's end does not start it again. Not thread-safe.
 */
final class Forgotten {
    /** More than a node finishes while one call is under way. */
    private static final int MOST = 1000;

    private final Map<UUID, Left> tasks = new LinkedHashMap<>();
    private long count;

    /**
     * @param over whether the coordinator knows its end, so that it cannot be wished for again
     */
    private record Left(long position, boolean over) {}

    void add(UUID id, boolean over) {
        count++;
        tasks.remove(id);
        tasks.put(id, new Left(count, over));
        if (tasks.size() > MOST) {
            tasks.remove(tasks.keySet().iterator().next());
        }
    }

    long count() {
        return count;
    }

    boolean since(UUID id, long mark) {
        Left left = tasks.get(id);
        return left != null && left.position() > mark;
    }

    boolean over(UUID id) {
        Left left = tasks.get(id);
        return left != null && left.over();
    }
}
