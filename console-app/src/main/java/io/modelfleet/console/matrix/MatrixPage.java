package io.modelfleet.console.matrix;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.Finding;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The page of nodes and models. */
public final class MatrixPage implements Page {
    private final PageContext context;
    private final MatrixViewModel model;
    private @Nullable MatrixController controller;

    public MatrixPage(PageContext context) {
        this.context = context;
        this.model = new MatrixViewModel(context);
    }

    @Override
    public PageId id() {
        return PageId.MATRIX;
    }

    @Override
    public Node node() {
        model.speak();
        controller = new MatrixController(model, context);
        return controller.load();
    }

    @Override
    public void onFleet(FleetState fleet) {
        model.onFleet(fleet);
    }

    @Override
    public void onTick(Instant now) {
        model.onTick();
    }

    @Override
    public void onShown() {
        model.onShown(true);
        if (controller != null) {
            controller.view().requestFocus();
        }
    }

    @Override
    public void onHidden() {
        model.onShown(false);
    }

    /** Goes to a node, by its id, or to a model, by its name. */
    @Override
    public void open(String target) {
        model.goTo(target);
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
        return model.models().stream()
                .map(
                        name ->
                                new Finding(
                                        name.toString(),
                                        context.text("matrix.find"),
                                        id().icon(),
                                        () -> context.navigator().open(id(), name.toString())))
                .toList();
    }
}
