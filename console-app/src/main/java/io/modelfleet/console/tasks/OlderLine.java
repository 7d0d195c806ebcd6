package io.modelfleet.console.tasks;

import io.modelfleet.console.page.PageContext;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;

/** Says below the table how it goes on, and takes the operator there. */
final class OlderLine {
    private final Label text;
    private final Hyperlink load;
    private final PageContext context;

    OlderLine(Label text, Hyperlink load, PageContext context) {
        this.text = text;
        this.load = load;
        this.context = context;
    }

    void bind(TasksViewModel model) {
        model.older().progress().subscribe(now -> show(model));
        model.group().subscribe(now -> show(model));
    }

    private void show(TasksViewModel model) {
        OlderTasks.Progress progress = model.older().progress().get();
        boolean history = model.group().get().hasHistory();
        text.setText(history ? context.text("tasks.older." + progress) : "");
        boolean more =
                history
                        && (progress == OlderTasks.Progress.MORE
                                || progress == OlderTasks.Progress.FAILED);
        load.setVisible(more);
        load.setManaged(more);
    }
}
