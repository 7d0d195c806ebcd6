package io.modelfleet.console.tasks;

import io.modelfleet.console.support.Threads;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;

/** Sees where in a table the operator is. */
final class ScrollWatch {
    /** The end is in sight this many rows before it. */
    private static final int NEAR = 5;

    private final TableView<?> table;
    private final Threads threads;
    private final Consumer<Boolean> awayFromTop;
    private final Runnable endInSight;

    /**
     * @param awayFromTop hears whether the first row is out of sight
     * @param endInSight the last row is in sight; told again after each change
     */
    ScrollWatch(
            TableView<?> table,
            Threads threads,
            Consumer<Boolean> awayFromTop,
            Runnable endInSight) {
        this.table = table;
        this.threads = threads;
        this.awayFromTop = awayFromTop;
        this.endInSight = endInSight;
    }

    void start() {
        table.skinProperty().subscribe(this::watchBar);
        table.heightProperty()
                .addListener(
                        (all, before, now) -> resized(before.doubleValue(), now.doubleValue()));
        table.getItems().addListener((ListChangeListener<Object>) change -> lookSoon());
    }

    private void watchBar() {
        for (Node node : table.lookupAll(".scroll-bar")) {
            if (node instanceof ScrollBar bar && bar.getOrientation() == Orientation.VERTICAL) {
                bar.valueProperty().addListener((all, before, now) -> look());
            }
        }
    }

    /** After a change the cells are where they were until the next layout. */
    private void lookSoon() {
        threads.show(this::look);
    }

    /** What opens below the table must not cover the row that it is about. */
    private void resized(double before, double now) {
        lookSoon();
        int selected = table.getSelectionModel().getSelectedIndex();
        if (now < before && selected >= 0) {
            threads.show(() -> keepInSight(selected));
        }
    }

    private void keepInSight(int row) {
        if (table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
                && flow.getLastVisibleCell() != null
                && flow.getLastVisibleCell().getIndex() <= row) {
            table.scrollTo(Math.max(0, row - NEAR / 2));
        }
    }

    private void look() {
        if (!(table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow)
                || table.getScene() == null) {
            return;
        }
        var first = flow.getFirstVisibleCell();
        var last = flow.getLastVisibleCell();
        awayFromTop.accept(first != null && first.getIndex() > 0);
        if (last == null || last.getIndex() >= table.getItems().size() - NEAR) {
            endInSight.run();
        }
    }
}
