package io.modelfleet.console.distribution;

import io.modelfleet.console.page.PageContext;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Which nodes the coordinator left out though the preview promised otherwise, and why. */
final class SurpriseBox extends VBox {
    private static final double HIGHEST = 320;

    private final Button close = new Button();

    SurpriseBox(List<Sending.Surprise> surprises, PageContext context) {
        setId("distribution-surprises");
        Label title = new Label(context.text("distribution.surprise", surprises.size()));
        title.getStyleClass().add("section-title");
        title.setWrapText(true);
        VBox lines = new VBox(8);
        surprises.stream().map(SurpriseBox::line).forEach(lines.getChildren()::add);
        ScrollPane scroll = new ScrollPane(lines);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(HIGHEST);
        close.setText(context.text("distribution.close"));
        close.setCancelButton(true);
        close.setDefaultButton(true);
        close.setOnAction(event -> context.dialogs().close());
        HBox buttons = new HBox(close);
        buttons.getStyleClass().add("buttons");
        getChildren().setAll(title, scroll, buttons);
    }

    void show(PageContext context) {
        context.dialogs().show(this);
        close.requestFocus();
    }

    private static Node line(Sending.Surprise surprise) {
        Label node = new Label(surprise.node());
        node.getStyleClass().add("touched");
        Label why = new Label(surprise.why());
        why.setWrapText(true);
        why.getStyleClass().add("muted");
        return new VBox(2, node, why);
    }
}
