package io.modelfleet.console.overview;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * A short list that is brought up to date in place, so that selection and scroll position survive.
 */
final class Rows<T> {
    private final ObservableList<Row<T>> list = FXCollections.observableArrayList();
    private final Function<T, Object> key;

    /**
     * @param key tells things apart, and knows a thing again when it says something else
     */
    Rows(Function<T, Object> key) {
        this.key = key;
    }

    ObservableList<Row<T>> list() {
        return list;
    }

    /** From now on the list says this, in this order. */
    void show(List<T> next) {
        Set<Object> wanted = next.stream().map(key).collect(Collectors.toSet());
        list.removeIf(row -> !wanted.contains(row.key()));
        Map<Object, Row<T>> known = new HashMap<>();
        list.forEach(row -> known.put(row.key(), row));
        for (int i = 0; i < next.size(); i++) {
            place(i, next.get(i), known);
        }
    }

    private void place(int index, T says, Map<Object, Row<T>> known) {
        Row<T> row = known.get(key.apply(says));
        if (row == null) {
            list.add(index, new Row<>(key.apply(says), says));
            return;
        }
        if (list.get(index) != row) {
            list.remove(row);
            list.add(index, row);
        }
        if (!row.now().equals(says)) {
            row.say(says);
        }
    }
}
