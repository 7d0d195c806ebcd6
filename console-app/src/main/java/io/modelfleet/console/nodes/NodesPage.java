package io.modelfleet.console.nodes;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.Finding;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The page of all nodes. */
public final class NodesPage implements Page {
    private final PageContext context;
    private final NodesViewModel model;
    private @Nullable NodesController controller;

    public NodesPage(PageContext context) {
        this.context = context;
        this.model = new NodesViewModel(context);
    }

    @Override
    public PageId id() {
        return PageId.NODES;
    }

    @Override
    public Node node() {
        model.say();
        controller = new NodesController(model, context);
        return controller.load();
    }

    @Override
    public void onFleet(FleetState fleet) {
        model.onFleet(fleet);
    }

    @Override
    public void onTick(Instant now) {
        model.onTick(now);
    }

    @Override
    public void open(String target) {
        model.filterText().set("");
        NodeRow row = model.row(target);
        if (controller != null && row != null) {
            controller.select(row);
        }
    }

    @Override
    public void focusFilter() {
        if (controller != null) {
            controller.focusFilter();
        }
    }

    @Override
    public boolean escape() {
        return controller != null && controller.escape();
    }

    @Override
    public List<Finding> findings() {
        return model.rows().stream()
                .map(
                        row ->
                                new Finding(
                                        row.now().name(),
                                        context.text("find.node"),
                                        id().icon(),
                                        () -> context.navigator().open(id(), row.id().toString())))
                .toList();
    }
}
