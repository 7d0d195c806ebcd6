package io.modelfleet.console.overview;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.Finding;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/** The fleet in one look. */
public final class OverviewPage implements Page {
    private final PageContext context;
    private final OverviewViewModel model;
    private @Nullable OverviewController controller;

    public OverviewPage(PageContext context) {
        this.context = context;
        this.model = new OverviewViewModel(context);
    }

    @Override
    public PageId id() {
        return PageId.OVERVIEW;
    }

    @Override
    public Node node() {
        if (controller != null) {
            controller.leave();
        }
        controller = new OverviewController(model, context);
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
    public void onShown() {
        model.shown(true);
    }

    @Override
    public void onHidden() {
        model.shown(false);
    }

    @Override
    public List<Finding> findings() {
        return List.of(
                new Finding(
                        context.text("overview.distribute"),
                        context.text("find.action"),
                        MaterialDesignD.DOWNLOAD_OUTLINE,
                        model::distribute));
    }
}
