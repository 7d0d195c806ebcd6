package io.modelfleet.console.tasks;

import io.modelfleet.console.page.PageContext;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;

/** One toggle per group of tasks, with how many there are. */
final class Chips {
    private final PageContext context;
    private final Map<TaskGroup, ToggleButton> buttons = new EnumMap<>(TaskGroup.class);

    Chips(PageContext context) {
        this.context = context;
    }

    void fill(HBox box, TasksViewModel model) {
        for (TaskGroup group : TaskGroup.values()) {
            ToggleButton chip = new ToggleButton();
            chip.setId("tasks-chip-" + group.id());
            chip.getStyleClass().addAll("chip", group.id());
            chip.setMinWidth(ToggleButton.USE_PREF_SIZE);
            chip.setOnAction(
                    event -> {
                        // A second click must not leave it unselected.
                        chip.setSelected(true);
                        model.group().set(group);
                    });
            buttons.put(group, chip);
            box.getChildren().add(chip);
        }
        model.counts().subscribe(this::count);
        model.group()
                .subscribe(
                        chosen ->
                                buttons.forEach(
                                        (group, chip) -> chip.setSelected(group == chosen)));
    }

    private void count(TasksViewModel.Counts counts) {
        buttons.forEach(
                (group, chip) ->
                        chip.setText(
                                context.text(group.key())
                                        + "  "
                                        + context.formats().count(counts.of(group))));
    }
}
