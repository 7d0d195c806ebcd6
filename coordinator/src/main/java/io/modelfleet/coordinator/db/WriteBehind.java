package io.modelfleet.coordinator.db;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What moves so often that it is written in batches: remembers by id what has changed since.
 *
 * @param <T> what is kept in a row
 */
public final class WriteBehind<T> {
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Function<UUID, @Nullable Stored<T>> memory;
    private final UnaryOperator<List<Stored<T>>> write;

    /**
     * @param memory the present state of what has this id, null when there is none any more
     * @param write a batch, where nobody else wrote since; returns what it has written
     */
    public WriteBehind(
            Function<UUID, @Nullable Stored<T>> memory, UnaryOperator<List<Stored<T>>> write) {
        this.memory = memory;
        this.write = write;
    }

    /** It has changed, and is part of the next batch. */
    public void changed(UUID id) {
        changed.add(id);
    }

    /** Whether the database does not yet know its present state. */
    public boolean isBehind(UUID id) {
        return changed.contains(id);
    }

    /**
     * Writes everything that has changed; what fails, or was written by others meanwhile, is part
     * of the next batch.
     */
    public void flush(Consumer<Stored<T>> written) {
        List<UUID> ids = List.copyOf(changed);
        ids.forEach(changed::remove);
        boolean done = false;
        try {
            List<Stored<T>> present = ids.stream().map(memory).filter(Objects::nonNull).toList();
            List<Stored<T>> rows = present.isEmpty() ? present : write.apply(present);
            rows.forEach(written);
            done = rows.size() == present.size();
        } finally {
            if (!done) {
                changed.addAll(ids);
            }
        }
    }
}
