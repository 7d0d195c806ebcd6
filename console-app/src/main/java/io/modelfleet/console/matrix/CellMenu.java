package io.modelfleet.console.matrix;

import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.protocol.Agent;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The menu of a cell or a header: what it is, in full, and what can be done with it. */
final class CellMenu {
    private static final double WIDTH = 320;

    private final Node owner;
    private final MatrixViewModel model;
    private final PageContext context;
    private final ContextMenu menu = new ContextMenu();

    CellMenu(Node owner, MatrixViewModel model, PageContext context) {
        this.owner = owner;
        this.model = model;
        this.context = context;
        menu.getStyleClass().add("matrix-menu");
    }

    boolean isShowing() {
        return menu.isShowing();
    }

    void hide() {
        menu.hide();
    }

    /**
     * @param where in the owner's own pixels
     */
    void show(Position at, Point2D where) {
        List<MenuItem> items = new ArrayList<>();
        items.add(head(at));
        items.add(new SeparatorMenuItem());
        if (at.isCell()) {
            Target target = model.target(at);
            Act.of(target).forEach(act -> items.add(item(act, target)));
        } else if (at.isModelHeader()) {
            addModel(items, model.grid().get().columns().get(at.column()));
        } else {
            addNode(items, model.grid().get().rows().get(at.row()));
        }
        menu.getItems().setAll(items);
        Point2D screen = owner.localToScreen(where);
        menu.show(owner, screen.getX(), screen.getY());
    }

    private MenuItem head(Position at) {
        VBox lines = new VBox(2);
        if (at.isCell()) {
            Target target = model.target(at);
            String title = target.model().name() + " × " + Grid.name(target.node());
            lines.getChildren().add(line(title, "title"));
            model.words()
                    .details(target)
                    .forEach(detail -> lines.getChildren().add(line(detail, "muted")));
        } else {
            lines.getChildren().add(line(model.sentence(at), "title"));
        }
        CustomMenuItem head = new CustomMenuItem(lines, false);
        head.getStyleClass().add("head");
        head.setDisable(false);
        return head;
    }

    private static Label line(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        label.setMaxWidth(WIDTH);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private MenuItem item(Act act, Target target) {
        MenuItem item = item(act.key(), () -> model.perform(act, target));
        item.setId("matrix-act-" + act.name());
        return item;
    }

    private MenuItem item(String key, Runnable run) {
        MenuItem item = new MenuItem(context.text(key));
        item.setOnAction(event -> run.run());
        return item;
    }

    private void addModel(List<MenuItem> items, ModelColumn column) {
        items.add(item("matrix.model.missing", () -> model.distributeColumn(column.name())));
        items.add(
                item(
                        "matrix.model.choose",
                        () -> context.distribution().choose(column.name(), List.of())));
        if (column.isUnused()) {
            items.add(item("matrix.model.hide", () -> model.hideColumn(column.name())));
        }
    }

    private void addNode(List<MenuItem> items, Agent node) {
        items.add(
                item(
                        "matrix.node.distribute",
                        () -> context.distribution().choose(null, List.of(node.id()))));
        items.add(
                item(
                        "matrix.node.open",
                        () -> context.navigator().open(PageId.NODES, node.id().toString())));
    }
}
