package io.modelfleet.console.catalog;

import io.modelfleet.console.control.Badge;
import io.modelfleet.console.control.State;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Formats;
import java.util.function.LongSupplier;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One node: its name, whether the model would run there, and why. */
final class NodeFitCell extends ListCell<NodeFit> {
    private final PageContext context;
    private final LongSupplier size;
    private final Label name = new Label();
    private final Badge badge = new Badge();
    private final Label reason = new Label();
    private final VBox lines;

    /**
     * @param size bytes on disk of the model that is shown
     */
    NodeFitCell(PageContext context, LongSupplier size) {
        this.context = context;
        this.size = size;
        reason.getStyleClass().add("muted");
        name.setMaxWidth(Double.MAX_VALUE);
        name.setTooltip(new Tooltip());
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox line = new HBox(6, name, badge);
        line.setAlignment(Pos.CENTER_LEFT);
        lines = new VBox(1, line, reason);
        lines.setMaxWidth(Double.MAX_VALUE);
        // Without this, a long name would make the whole list scroll sideways.
        setPrefWidth(0);
        setOnMouseClicked(
                event -> {
                    if (event.getClickCount() == 2) {
                        open();
                    }
                });
    }

    private void open() {
        NodeFit fit = getItem();
        if (fit != null) {
            context.navigator().open(PageId.NODES, fit.id().toString());
        }
    }

    @Override
    protected void updateItem(NodeFit fit, boolean empty) {
        super.updateItem(fit, empty);
        if (empty || fit == null) {
            setGraphic(null);
            return;
        }
        name.setText(fit.node());
        name.getTooltip().setText(fit.node());
        State state = fit.held() ? State.INSTALLED : fit.fit().state();
        badge.show(state, context.text(fit.held() ? "state.INSTALLED" : fit.fit().key()));
        String text = reason(fit);
        reason.setText(fit.online() ? text : context.text("state.OFFLINE") + " · " + text);
        setGraphic(lines);
    }

    private String reason(NodeFit fit) {
        Formats formats = context.formats();
        String memory = formats.gpuMemory(fit.memory());
        return switch (fit.fit()) {
            case FITS -> context.text("catalog.why.fits", memory);
            case GPU_TOO_SMALL ->
                    context.text(
                            fit.held() ? "catalog.why.partly" : "catalog.why.gpu",
                            memory,
                            formats.gpuMemory(Fit.memoryFor(size.getAsLong())));
            case DISK_TOO_FULL ->
                    context.text(
                            "catalog.why.disk",
                            formats.bytes(fit.free()),
                            formats.bytes(size.getAsLong()));
            case UNKNOWN -> context.text("catalog.why.unknown");
        };
    }
}
