package io.modelfleet.agent.pull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The tasks that left the queue lately, so that an answer which the coordinator wrote before it
 * heard of a task's end does not start it again. Not thread-safe.
 */
final class Forgotten {
    /** More than a node finishes while one heartbeat is under way. */
    private static final int MOST = 1000;

    private final Map<UUID, Long> positions = new LinkedHashMap<>();
    private long count;

    void add(UUID id) {
        count++;
        positions.remove(id);
        positions.put(id, count);
        if (positions.size() > MOST) {
            positions.remove(positions.keySet().iterator().next());
        }
    }

    long count() {
        return count;
    }

    boolean since(UUID id, long mark) {
        Long position = positions.get(id);
        return position != null && position > mark;
    }
}
