package io.modelfleet.console.settings;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.Finding;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** Connections, polling, theme and language. */
public final class SettingsPage implements Page {
    private final PageContext context;
    private final SettingsViewModel model;
    private @Nullable SettingsController controller;

    public SettingsPage(PageContext context) {
        this.context = context;
        this.model = new SettingsViewModel(context);
    }

    @Override
    public PageId id() {
        return PageId.SETTINGS;
    }

    @Override
    public Node node() {
        if (controller != null) {
            controller.leave();
        }
        controller = new SettingsController(model, context);
        return controller.load();
    }

    /** Settings do not depend on the fleet. */
    @Override
    public void onFleet(FleetState fleet) {}

    @Override
    public boolean escape() {
        boolean typing = model.form().get() != null;
        model.cancel();
        return typing;
    }

    @Override
    public List<Finding> findings() {
        return List.of(
                new Finding(
                        context.text("settings.add"),
                        context.text("find.action"),
                        MaterialDesignL.LAN_CONNECT,
                        () -> {
                            context.navigator().open(id());
                            model.add();
                        }));
    }
}
