package io.modelfleet.console.tasks;

import io.modelfleet.console.control.Badge;
import io.modelfleet.console.control.Cells;
import io.modelfleet.console.control.Meter;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.support.Formats;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;

/** What the table's columns show, and how they sort. */
final class TaskColumns {
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass CANCELLED = PseudoClass.getPseudoClass("cancelled");
    private static final double METER_WIDTH = 52;

    private final PageContext context;
    private final ObservableValue<Instant> now;

    /** A time, and the time that it is seen from. */
    record Age(Instant since, Instant now) {}

    TaskColumns(PageContext context, ObservableValue<Instant> now) {
        this.context = context;
        this.now = now;
    }

    void status(TableColumn<TaskRow, TaskFacts> column) {
        facts(column);
        column.setComparator(Comparator.comparing(facts -> facts.task().status()));
        column.setCellFactory(
                Cells.of(
                        Badge::new,
                        (badge, facts) ->
                                badge.show(facts.state(), context.text(facts.statusKey()))));
    }

    /** Names are cut where they do not fit, so each says itself in full on demand. */
    void name(TableColumn<TaskRow, String> column, Function<TaskFacts, String> value) {
        column.setCellValueFactory(row -> row.getValue().facts().map(value));
        column.setComparator(String.CASE_INSENSITIVE_ORDER);
        column.setCellFactory(
                Cells.of(
                        TaskColumns::nameLabel,
                        (label, name) -> {
                            label.setText(name);
                            label.getTooltip().setText(name);
                        }));
    }

    private static Label nameLabel() {
        Label label = new Label();
        label.setTooltip(new Tooltip());
        return label;
    }

    void progress(TableColumn<TaskRow, TaskFacts> column) {
        facts(column);
        column.setComparator(Comparator.comparingDouble(facts -> facts.task().progress()));
        column.setCellFactory(Cells.of(() -> new Meter(METER_WIDTH, false), this::showProgress));
    }

    private void showProgress(Meter meter, TaskFacts facts) {
        double progress = facts.shownProgress();
        meter.show(progress, progress < 0 ? "" : context.formats().fraction(progress));
        meter.pseudoClassStateChanged(DONE, TaskGroup.COMPLETED.holds(facts.task().status()));
        meter.pseudoClassStateChanged(FAILED, TaskGroup.FAILED.holds(facts.task().status()));
        meter.pseudoClassStateChanged(CANCELLED, TaskGroup.CANCELLED.holds(facts.task().status()));
    }

    /** A figure with its unit, to the right; sorted by its value. */
    void figure(
            TableColumn<TaskRow, TaskFacts> column,
            BiFunction<TaskFacts, Formats, String> text,
            ToDoubleFunction<TaskFacts> value) {
        facts(column);
        column.setComparator(Comparator.comparingDouble(value));
        column.setCellFactory(
                Cells.of(
                        Label::new,
                        (label, facts) -> label.setText(text.apply(facts, context.formats()))));
        Cells.number(column);
    }

    void age(TableColumn<TaskRow, Age> column) {
        column.setCellValueFactory(
                row ->
                        Bindings.createObjectBinding(
                                () ->
                                        new Age(
                                                row.getValue().now().task().createdAt(),
                                                now.getValue()),
                                now));
        column.setComparator(Comparator.comparing(Age::since).reversed());
        column.setCellFactory(
                Cells.of(
                        Label::new,
                        (label, age) ->
                                label.setText(context.formats().age(age.since(), age.now()))));
        Cells.number(column);
    }

    private static void facts(TableColumn<TaskRow, TaskFacts> column) {
        column.setCellValueFactory(row -> row.getValue().facts());
    }
}
