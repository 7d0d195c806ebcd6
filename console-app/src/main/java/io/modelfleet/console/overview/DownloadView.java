package io.modelfleet.console.overview;

import io.modelfleet.console.control.Meter;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A download: what, where to, how far. */
final class DownloadView extends VBox {
    private static final double BAR = 150;

    private final Label model = new Label();
    private final Label node = new Label();
    private final Tooltip full = new Tooltip();
    private final Meter progress = new Meter(BAR, false);

    DownloadView() {
        getStyleClass().add("download");
        setAlignment(Pos.CENTER_LEFT);
        model.getStyleClass().add("title");
        model.setMinWidth(0);
        node.getStyleClass().add("muted");
        node.setMinWidth(0);
        HBox.setHgrow(model, Priority.SOMETIMES);
        HBox names = new HBox(8, model, node);
        names.setAlignment(Pos.BASELINE_LEFT);
        Tooltip.install(names, full);
        getChildren().setAll(names, progress);
    }

    void show(Download download) {
        model.setText(download.model());
        node.setText("→ " + download.node());
        full.setText(download.model() + "\n→ " + download.node());
        progress.show(download.progress(), download.figures());
    }

    static String read(Download download) {
        return String.join(", ", download.model(), download.node(), download.figures());
    }
}
