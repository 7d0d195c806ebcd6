package io.modelfleet.console.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.Test;

class StableRowsTest {
    @Test
    void anyListBecomesAnyOther() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            ObservableList<Integer> shown = FXCollections.observableArrayList(some(random));
            List<Integer> wished = some(random);
            StableRows.sync(shown, wished);
            assertThat(shown).isEqualTo(wished);
        }
    }

    private static List<Integer> some(Random random) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if (random.nextBoolean()) {
                numbers.add(i);
            }
        }
        Collections.shuffle(numbers, random);
        return numbers;
    }

    @Test
    void nothingIsToldWhenNothingChanged() {
        ObservableList<Integer> shown = FXCollections.observableArrayList(1, 2, 3);
        List<String> changes = new ArrayList<>();
        shown.addListener((ListChangeListener<Integer>) change -> changes.add(change.toString()));
        StableRows.sync(shown, List.of(1, 2, 3));
        assertThat(changes).isEmpty();
    }

    @Test
    void aNewOrderIsToldAsAPermutation() {
        ObservableList<Integer> shown = FXCollections.observableArrayList(1, 2, 3);
        List<Boolean> permuted = new ArrayList<>();
        shown.addListener(
                (ListChangeListener<Integer>)
                        change -> {
                            while (change.next()) {
                                permuted.add(change.wasPermutated());
                            }
                        });
        StableRows.sync(shown, List.of(3, 1, 2));
        assertThat(permuted).containsExactly(true);
    }
}
