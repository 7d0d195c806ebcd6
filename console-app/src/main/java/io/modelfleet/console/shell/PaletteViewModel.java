package io.modelfleet.console.shell;

import io.modelfleet.console.page.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What the palette finds for the words that were typed. */
final class PaletteViewModel {
    private static final int SHOWN = 50;

    private final List<Finding> all;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Finding> found = FXCollections.observableArrayList();

    PaletteViewModel(List<Finding> all) {
        this.all = all;
        query.subscribe(this::search);
    }

    StringProperty query() {
        return query;
    }

    /** The best first: those that begin with what was typed. */
    ObservableList<Finding> found() {
        return found;
    }

    private void search(String text) {
        String typed = text.strip().toLowerCase(Locale.ROOT);
        List<String> words = List.of(typed.split("\\s+"));
        found.setAll(
                all.stream()
                        .filter(finding -> words.stream().allMatch(lower(finding)::contains))
                        .sorted(Comparator.comparing(f -> !lower(f).startsWith(typed)))
                        .limit(SHOWN)
                        .toList());
    }

    private static String lower(Finding finding) {
        return (finding.text() + " " + finding.hint()).toLowerCase(Locale.ROOT);
    }
}
