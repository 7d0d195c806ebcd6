package io.modelfleet.console.tasks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.collections.ObservableList;

/** Brings a shown list to a wished one with few edits, so that it keeps selection and place. */
final class StableRows {
    private StableRows() {}

    /**
     * @param wished without duplicates
     */
    static <R> void sync(ObservableList<R> shown, List<R> wished) {
        remove(shown, new HashSet<>(wished));
        sort(shown, wished);
        insert(shown, wished);
    }

    private static <R> void remove(ObservableList<R> shown, Set<R> wished) {
        int to = shown.size();
        while (to > 0) {
            int from = to;
            while (from > 0 && !wished.contains(shown.get(from - 1))) {
                from--;
            }
            if (from < to) {
                shown.remove(from, to);
            }
            to = from - 1;
        }
    }

    /** As one permutation, through which a table keeps what is selected. */
    private static <R> void sort(ObservableList<R> shown, List<R> wished) {
        Map<R, Integer> place = HashMap.newHashMap(wished.size());
        for (R row : wished) {
            place.put(row, place.size());
        }
        for (int i = 1; i < shown.size(); i++) {
            if (place(place, shown.get(i - 1)) > place(place, shown.get(i))) {
                shown.sort((a, b) -> Integer.compare(place(place, a), place(place, b)));
                return;
            }
        }
    }

    private static <R> int place(Map<R, Integer> places, R row) {
        return places.getOrDefault(row, Integer.MAX_VALUE);
    }

    private static <R> void insert(ObservableList<R> shown, List<R> wished) {
        int at = 0;
        while (at < wished.size()) {
            if (at < shown.size() && shown.get(at).equals(wished.get(at))) {
                at++;
                continue;
            }
            int end = at + 1;
            while (end < wished.size()
                    && (at >= shown.size() || !shown.get(at).equals(wished.get(end)))) {
                end++;
            }
            shown.addAll(at, wished.subList(at, end));
            at = end;
        }
    }
}
