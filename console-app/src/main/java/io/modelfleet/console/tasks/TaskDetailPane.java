package io.modelfleet.console.tasks;

import atlantafx.base.theme.Styles;
import io.modelfleet.console.control.Badge;
import io.modelfleet.console.control.Fact;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Formats;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** One task below the table: what went wrong in full, what to do about it, and its facts. */
final class TaskDetailPane extends HBox {
    private static final double FACTS = 310;

    private final PageContext context;
    private final Label title = new Label();
    private final Badge status = new Badge();
    private final Hyperlink node = new Hyperlink();
    private final Label errorTitle = new Label();
    private final Button copy = new Button();
    private final Label error = new Label();
    private final Label hint = new Label();
    private final VBox failure;
    private final Label fine = new Label();
    private final VBox facts = new VBox(4);
    private @Nullable Task shown;

    private record Named(String key, @Nullable String value) {}

    TaskDetailPane(PageContext context) {
        this.context = context;
        getStyleClass().add("task-detail");
        failure = new VBox(6, error, hintLine());
        VBox story = new VBox(8, heading(), failure, fine);
        ScrollPane words = scrolling(story);
        words.setId("tasks-detail-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        ScrollPane numbers = scrolling(facts);
        numbers.setMinWidth(FACTS);
        numbers.setPrefWidth(FACTS);
        getChildren().setAll(words, numbers);
    }

    private static ScrollPane scrolling(Region content) {
        ScrollPane pane = new ScrollPane(content);
        pane.setFitToWidth(true);
        pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return pane;
    }

    private Node heading() {
        title.getStyleClass().add("section-title");
        node.setOnAction(
                event -> {
                    if (shown != null) {
                        context.navigator().open(PageId.NODES, shown.agentId().toString());
                    }
                });
        node.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(8, title, new Label("→"), node, status, errorTitle, copy());
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private Node copy() {
        errorTitle.getStyleClass().add("muted");
        copy.setGraphic(new FontIcon(MaterialDesignC.CONTENT_COPY));
        copy.setId("tasks-copy-error");
        copy.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        copy.setTooltip(new Tooltip(context.text("tasks.copy.error")));
        copy.setAccessibleText(context.text("tasks.copy.error"));
        copy.setOnAction(event -> Fact.copy(error.getText()));
        error.setId("tasks-error");
        error.getStyleClass().add("field-error");
        error.setMinHeight(USE_PREF_SIZE);
        fine.getStyleClass().add("muted");
        fine.setWrapText(true);
        return copy;
    }

    private Node hintLine() {
        hint.setId("tasks-hint");
        hint.setWrapText(true);
        hint.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(hint, Priority.ALWAYS);
        HBox line = new HBox(8, new FontIcon(MaterialDesignL.LIGHTBULB_ON_OUTLINE), hint);
        line.getStyleClass().add("hint");
        return line;
    }

    void show(TaskFacts next) {
        Task task = next.task();
        title.setText(task.modelName().toString());
        node.setText(next.node());
        status.show(next.state(), context.text(next.statusKey()));
        showFailure(task);
        if (!task.equals(shown)) {
            shown = task;
            showFacts(next);
        }
    }

    private void showFailure(Task task) {
        boolean failed = task.error() != null || task.errorCode() != null;
        List.of(failure, errorTitle, copy).forEach(part -> show(part, failed));
        show(fine, !failed);
        fine.setText(context.text("tasks.fine." + task.status()));
        if (failed) {
            String code = task.errorCode() == null ? "" : "  " + task.errorCode();
            // An attempt's failure is not the task's: it goes on.
            boolean over = task.status() == TaskStatus.FAILED;
            errorTitle.setText(context.text(over ? "tasks.error" : "tasks.error.attempt") + code);
            error.setText(task.error() == null ? task.errorCode() : task.error());
            hint.setText(Hint.of(task.errorCode(), context.messages()));
        }
    }

    private static void show(Node part, boolean shown) {
        part.setVisible(shown);
        part.setManaged(shown);
    }

    private void showFacts(TaskFacts next) {
        Task task = next.task();
        Formats formats = context.formats();
        facts.getChildren()
                .setAll(
                        Stream.of(
                                        new Named("tasks.fact.id", task.id().toString()),
                                        new Named("tasks.kind", kind(task)),
                                        new Named("tasks.bytes", Figures.bytes(next, formats)),
                                        new Named("tasks.attempt", formats.count(task.attempt())),
                                        new Named("tasks.fact.created", time(task.createdAt())),
                                        new Named("tasks.fact.started", time(task.startedAt())),
                                        new Named("tasks.fact.finished", time(task.completedAt())),
                                        new Named(
                                                "tasks.fact.retryof",
                                                task.retryOf() == null
                                                        ? null
                                                        : task.retryOf().toString()))
                                .flatMap(named -> fact(named).stream())
                                .toList());
    }

    private String kind(Task task) {
        return context.text("tasks.kind." + task.kind());
    }

    private @Nullable String time(@Nullable Instant time) {
        return time == null ? null : context.formats().time(time);
    }

    private List<Node> fact(Named named) {
        String value = named.value();
        return value == null || value.isEmpty()
                ? List.of()
                : List.of(new Fact(context.text(named.key()), value, context.messages()));
    }
}
