package io.modelfleet.console.control;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** How much of something is used or done: a thin bar and its figures. */
public final class Meter extends HBox {
    private static final PseudoClass HIGH = PseudoClass.getPseudoClass("high");
    private static final PseudoClass FULL = PseudoClass.getPseudoClass("full");
    private static final double HIGH_FROM = 0.85;
    private static final double FULL_FROM = 0.95;

    private final Track track;
    private final Label figures = new Label();
    private final boolean warns;

    /**
     * @param width of the bar, pixels
     * @param warns whether much is bad: memory and disks, not progress
     */
    public Meter(double width, boolean warns) {
        this.warns = warns;
        track = new Track(width);
        figures.setMinWidth(USE_PREF_SIZE);
        getStyleClass().add("meter");
        getChildren().setAll(track, figures);
    }

    /**
     * @param fraction 0 to 1; below 0 hides the bar, because nothing is known
     */
    public void show(double fraction, String text) {
        track.setVisible(fraction >= 0);
        track.setManaged(fraction >= 0);
        track.fraction(Math.clamp(fraction, 0, 1));
        pseudoClassStateChanged(HIGH, warns && fraction >= HIGH_FROM && fraction < FULL_FROM);
        pseudoClassStateChanged(FULL, warns && fraction >= FULL_FROM);
        figures.setText(text);
        setAccessibleText(text);
    }

    private static final class Track extends StackPane {
        private final Region bar = new Region();
        private double fraction;

        Track(double width) {
            getStyleClass().add("track");
            bar.getStyleClass().add("bar");
            bar.setManaged(false);
            setMinWidth(width);
            setPrefWidth(width);
            setMaxWidth(width);
            getChildren().setAll(bar);
        }

        void fraction(double next) {
            if (next != fraction) {
                fraction = next;
                requestLayout();
            }
        }

        @Override
        protected void layoutChildren() {
            bar.resizeRelocate(0, 0, Math.rint(getWidth() * fraction), getHeight());
        }
    }
}
