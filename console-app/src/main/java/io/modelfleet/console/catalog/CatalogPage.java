package io.modelfleet.console.catalog;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.Finding;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.protocol.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The page of all models that the fleet could hold. */
public final class CatalogPage implements Page {
    private final PageContext context;
    private final CatalogViewModel model;
    private @Nullable CatalogController controller;

    public CatalogPage(PageContext context) {
        this.context = context;
        this.model = new CatalogViewModel(context);
    }

    @Override
    public PageId id() {
        return PageId.CATALOG;
    }

    @Override
    public Node node() {
        model.say();
        CatalogController fresh = new CatalogController(model, context);
        controller = fresh;
        return fresh.load();
    }

    @Override
    public void onFleet(FleetState fleet) {
        model.onFleet(fleet);
    }

    @Override
    public void onTick(Instant now) {
        model.available().onTick(now);
    }

    @Override
    public void onShown() {
        model.shown(true);
    }

    @Override
    public void onHidden() {
        model.shown(false);
    }

    /**
     * @param target a model's name; one that is not listed goes into the field for any name
     */
    @Override
    public void open(String target) {
        Optional<ModelName> name = NameCheck.name(target);
        CatalogRow row = name.map(model::reveal).orElse(null);
        if (row == null) {
            model.typed().set(target);
        } else if (controller != null) {
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
        return model.names().map(this::finding).toList();
    }

    private Finding finding(ModelName name) {
        return new Finding(
                name.toString(),
                context.text("catalog.model"),
                id().icon(),
                () -> context.navigator().open(id(), name.toString()));
    }
}
