package io.modelfleet.console.overview;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** One figure of the fleet; a press leads to what it is made of. */
final class CardView extends Button {
    private static final PseudoClass HIGH = PseudoClass.getPseudoClass("high");
    private static final PseudoClass FULL = PseudoClass.getPseudoClass("full");
    private static final double HIGH_FROM = 0.85;
    private static final double FULL_FROM = 0.95;

    private final String name;
    private final Label figure = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Label text = new Label();
    private final VBox box = new VBox(4);
    private final Tooltip full = new Tooltip();

    CardView(String name, Ikon icon) {
        this.name = name;
        getStyleClass().setAll("button", "card");
        Label title = new Label(name, new FontIcon(icon));
        title.getStyleClass().add("muted");
        figure.getStyleClass().add("figure");
        text.getStyleClass().addAll("muted", "more");
        text.setWrapText(true);
        bar.setMaxWidth(Double.MAX_VALUE);
        // The figures say it already.
        bar.setFocusTraversable(false);
        box.getChildren().setAll(title, figure, bar, text);
        box.setAlignment(Pos.TOP_LEFT);
        box.setMinWidth(0);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setGraphic(box);
        setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        setMinWidth(0);
        setPrefWidth(0);
        HBox.setHgrow(this, Priority.ALWAYS);
        setTooltip(full);
    }

    /** A button gives its graphic the width that it would like; here it shall have all there is. */
    @Override
    protected void layoutChildren() {
        box.setPrefWidth(getWidth() - snappedLeftInset() - snappedRightInset());
        super.layoutChildren();
    }

    void show(Card card) {
        figure.setText(card.figure());
        boolean measured = card.share() >= 0;
        bar.setVisible(measured);
        bar.setManaged(measured);
        bar.setProgress(Math.clamp(card.share(), 0, 1));
        pseudoClassStateChanged(HIGH, card.share() >= HIGH_FROM && card.share() < FULL_FROM);
        pseudoClassStateChanged(FULL, card.share() >= FULL_FROM);
        text.setText(card.text());
        setAccessibleText(String.join(", ", name, card.figure(), card.text().replace("\n", ", ")));
        full.setText(card.figure() + "\n" + card.text());
    }
}
