package io.modelfleet.coordinator.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which things changed in which order. Each thing stands in the log once, at its latest change, so
 * a reader's cost follows what changed since it last asked.
 *
 * <p>Writers change the thing first and {@link #touch} it afterwards; readers take the list first
 * and look at the things afterwards. So a reader may see a change twice, and never misses one.
 */
public final class ChangeLog {
    /**
     * Room for 10,000 nodes with their models and as many tasks; what is older is found by a full
     * answer.
     */
    private static final int LIMIT = 30_000;

    private final LinkedHashMap<Key, Long> latest = new LinkedHashMap<>();
    private long version;
    private long floor;

    /** What a change is about. */
    public enum Kind {
        AGENT,
        AGENT_REMOVED,
        MODELS,
        TASK
    }

    /**
     * @param id of the agent or the task
     */
    public record Key(Kind kind, UUID id) {}

    /**
     * @param version what to ask with next time
     * @param full whether the caller must be given everything, because its version is unknown here
     * @param keys what changed, newest first; empty when {@code full}
     */
    public record Delta(long version, boolean full, List<Key> keys) {}

    /**
     * @param first where this process begins to count, 0 to 2^52; chosen by chance, so that the
     *     versions of an earlier process, or of another coordinator, are unknown here and their
     *     readers are given everything
     */
    public ChangeLog(long first) {
        this.version = first;
        this.floor = first;
    }

    /** Notes that a thing is different from now on. */
    public synchronized void touch(Kind kind, UUID id) {
        Key key = new Key(kind, id);
        latest.remove(key);
        latest.put(key, ++version);
        if (latest.size() > LIMIT) {
            Map.Entry<Key, Long> eldest = latest.pollFirstEntry();
            floor = eldest.getValue();
        }
    }

    /** What changed after {@code since}. */
    public synchronized Delta since(long since) {
        if (since < floor || since > version) {
            return new Delta(version, true, List.of());
        }
        List<Key> keys = new ArrayList<>();
        for (Map.Entry<Key, Long> entry : latest.sequencedEntrySet().reversed()) {
            if (entry.getValue() <= since) {
                break;
            }
            keys.add(entry.getKey());
        }
        return new Delta(version, false, keys);
    }
}
