package io.modelfleet.console.shell;

import io.modelfleet.console.page.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
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

    /** The best answers first. */
    ObservableList<Finding> found() {
        return found;
    }

    private void search(String typed) {
        found.setAll(
                all.stream()
                        .map(finding -> new Answer(finding, score(typed, finding)))
                        .filter(answer -> answer.score().isPresent())
                        .sorted(Comparator.comparingInt(answer -> -answer.score().getAsInt()))
                        .limit(SHOWN)
                        .map(Answer::finding)
                        .toList());
    }

    private record Answer(Finding finding, OptionalInt score) {}

    /** The kind of thing may be typed too, and counts less than its name. */
    private static OptionalInt score(String typed, Finding finding) {
        OptionalInt byName = Fuzzy.score(typed, finding.text());
        if (byName.isPresent()) {
            return OptionalInt.of(byName.getAsInt() * 2);
        }
        return Fuzzy.score(typed, finding.text() + " " + finding.hint());
    }
}
