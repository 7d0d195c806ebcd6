package io.modelfleet.console.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.ComboBox;
import org.jspecify.annotations.Nullable;

/**
 * A list to pick one value from, or all of them.
 *
 * @param <T> what is picked
 */
final class Pick<T> {
    private final ComboBox<Entry<T>> box;
    private final Entry<T> all;
    private final ObjectProperty<@Nullable T> picked;

    /**
     * An entry of the list.
     *
     * @param value absent for the entry that means all
     */
    record Entry<T>(@Nullable T value, String label) {
        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * @param label what the entry says that lets everything through
     */
    Pick(ComboBox<Entry<T>> box, String label, ObjectProperty<@Nullable T> picked) {
        this.box = box;
        this.all = new Entry<>(null, label);
        this.picked = picked;
    }

    void bind() {
        box.getItems().setAll(List.of(all));
        box.setVisibleRowCount(14);
        box.valueProperty()
                .addListener((value, before, now) -> picked.set(now == null ? null : now.value()));
        picked.subscribe(this::show);
    }

    /** Offers these values; the one that is picked stays. */
    void offer(Map<T, String> values) {
        List<Entry<T>> entries = new ArrayList<>();
        entries.add(all);
        values.forEach((value, label) -> entries.add(new Entry<>(value, label)));
        T kept = picked.get();
        StableRows.sync(box.getItems(), entries);
        if (!Objects.equals(kept, picked.get())) {
            picked.set(kept);
        }
        show(picked.get());
    }

    private void show(@Nullable T value) {
        box.setValue(
                box.getItems().stream()
                        .filter(entry -> Objects.equals(entry.value(), value))
                        .findFirst()
                        .orElseGet(
                                () -> value == null ? all : new Entry<>(value, value.toString())));
    }
}
