package io.modelfleet.coordinator.db;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What moves so often that it is written in batches: remembers by id what has changed since.
 *
 * @param <T> what is kept in a row
 */
public final class WriteBehind<T> {
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private volatile Set<UUID> writing = Set.of();
    private final Function<T, UUID> id;
    private final Function<UUID, @Nullable Stored<T>> memory;
    private final UnaryOperator<List<Stored<T>>> write;

    /**
     * @param id of what is kept
     * @param memory the present state of what has this id, null when there is none any more
     * @param write a batch, where nobody else wrote since; returns what it has written
     */
    public WriteBehind(
            Function<T, UUID> id,
            Function<UUID, @Nullable Stored<T>> memory,
            UnaryOperator<List<Stored<T>>> write) {
        this.id = id;
        this.memory = memory;
        this.write = write;
    }

    /** It has changed, and is part of the next batch. */
    public void changed(UUID id) {
        changed.add(id);
    }

    /** Whether the database does not yet know its present state. */
    public boolean isBehind(UUID id) {
        return changed.contains(id) || writing.contains(id);
    }

    /**
     * Writes everything that has changed; what fails, or was written by others meanwhile, is part
     * of the next batch.
     */
    public void flush(Consumer<Stored<T>> written) {
        Set<UUID> ids = Set.copyOf(changed);
        Set<UUID> missed = new HashSet<>(ids);
        writing = ids;
        changed.removeAll(ids);
        try {
            List<Stored<T>> present = ids.stream().map(memory).filter(Objects::nonNull).toList();
            List<Stored<T>> rows = present.isEmpty() ? present : write.apply(present);
            rows.forEach(written);
            missed.retainAll(present.stream().map(this::idOf).collect(Collectors.toSet()));
            rows.forEach(row -> missed.remove(idOf(row)));
        } finally {
            changed.addAll(missed);
            writing = Set.of();
        }
    }

    private UUID idOf(Stored<T> row) {
        return id.apply(row.value());
    }
}
