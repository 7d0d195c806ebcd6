package io.modelfleet.console.matrix;

import io.modelfleet.console.control.Tokens;
import io.modelfleet.console.matrix.GridGeometry.Box;
import io.modelfleet.console.support.Formats;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The grid on one canvas as large as what is seen of it, painted anew as a whole in the next frame
 * after something has changed. Only the cursor's place is told to screen readers, in words.
 */
final class GridView extends Region {
    private static final StyleablePropertyFactory<GridView> STYLES =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final CssMetaData<GridView, Boolean> OLD =
            STYLES.createBooleanCssMetaData("-mf-old", view -> view.old, false);

    /** Set by CSS when the connection is lost: a canvas does not turn grey by itself. */
    private final StyleableProperty<Boolean> old;

    private final Canvas canvas = new Canvas();
    private final ScrollBar across = new ScrollBar();
    private final ScrollBar down = new ScrollBar();
    private final MatrixViewModel model;
    private final ObservableValue<Tokens> tokens;
    private final GridPainter painter;
    private final AnimationTimer painting =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    stop();
                    paint();
                }
            };
    private GridGeometry geometry = GridGeometry.EMPTY;
    private Grid shown = Grid.EMPTY;
    private @Nullable Position hover;
    private boolean dirty;
    private boolean scrolling;

    GridView(MatrixViewModel model, Formats formats, ObservableValue<Tokens> tokens) {
        this.model = model;
        this.tokens = tokens;
        this.painter = new GridPainter(model.words(), formats);
        this.old =
                new javafx.css.SimpleStyleableBooleanProperty(OLD, this, "old", false) {
                    @Override
                    protected void invalidated() {
                        get();
                        repaint();
                    }
                };
        getStyleClass().add("matrix-grid");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        across.setOrientation(Orientation.HORIZONTAL);
        down.setOrientation(Orientation.VERTICAL);
        getChildren().setAll(canvas, across, down);
        List.of(across, down).forEach(bar -> bar.setFocusTraversable(false));
        across.valueProperty().subscribe(this::barMoved);
        down.valueProperty().subscribe(this::barMoved);
        focusedProperty().subscribe(this::repaint);
    }

    /**
     * Follows the view-model from now on; the view-model outlives this view.
     *
     * @return ends that
     */
    Subscription follow() {
        return Subscription.combine(
                model.grid().subscribe(this::show),
                model.changes().subscribe(count -> repaint()),
                model.selection().cells().subscribe(cells -> repaint()),
                model.selection().cursor().subscribe(this::reveal),
                model.status().subscribe(this::setAccessibleText),
                tokens.subscribe(now -> repaint()));
    }

    MatrixViewModel model() {
        return model;
    }

    /** The nodes and models that are shown. */
    Grid grid() {
        return shown;
    }

    GridGeometry geometry() {
        return geometry;
    }

    /** What lies under a point of this view: for the mouse and for whoever tests it. */
    @Nullable Position cellAt(double x, double y) {
        return geometry.at(x, y);
    }

    /** Whether everything that has changed is painted. */
    boolean isPainted() {
        return !dirty;
    }

    void hover(@Nullable Position now) {
        if (now == null ? hover != null : !now.equals(hover)) {
            hover = now;
            repaint();
        }
    }

    void scrollBy(double x, double y) {
        scrollTo(geometry.scrolledTo(geometry.scrollX() + x, geometry.scrollY() + y));
    }

    private void reveal(@Nullable Position cursor) {
        if (cursor != null) {
            scrollTo(geometry.revealing(cursor));
        }
        repaint();
    }

    /** Rows and columns that come or go before what is seen do not move it. */
    private void show(Grid next) {
        double x = geometry.scrollX();
        double y = geometry.scrollY();
        if (!shown.isEmpty() && geometry.firstRow() < shown.rows().size()) {
            int first = geometry.firstRow();
            int now = next.rowOf(shown.rows().get(first).id());
            y += now < 0 ? 0 : (now - first) * GridGeometry.ROW_HEIGHT;
        }
        if (!shown.isEmpty() && geometry.firstColumn() < shown.columns().size()) {
            int first = geometry.firstColumn();
            int now = next.columnOf(shown.columns().get(first).name());
            x += now < 0 ? 0 : (now - first) * geometry.cellWidth();
        }
        shown = next;
        place(x, y);
    }

    private void place(double x, double y) {
        scrollTo(unscrolled(canvas.getWidth(), canvas.getHeight()).scrolledTo(x, y));
    }

    private GridGeometry unscrolled(double width, double height) {
        return new GridGeometry(width, height, shown.rows().size(), shown.columns().size(), 0, 0);
    }

    private void scrollTo(GridGeometry next) {
        if (next.equals(geometry)) {
            return;
        }
        boolean resized =
                next.mostScrollX() != geometry.mostScrollX()
                        || next.mostScrollY() != geometry.mostScrollY();
        geometry = next;
        if (resized) {
            requestLayout();
        }
        moveBars();
        repaint();
    }

    private void moveBars() {
        scrolling = true;
        fit(across, geometry.mostScrollX(), geometry.viewWidth(), geometry.scrollX());
        fit(down, geometry.mostScrollY(), geometry.viewHeight(), geometry.scrollY());
        scrolling = false;
    }

    private static void fit(ScrollBar bar, double most, double view, double value) {
        bar.setMax(Math.max(1, most));
        bar.setVisibleAmount(Math.max(1, most) * view / Math.max(1, most + view));
        bar.setUnitIncrement(GridGeometry.ROW_HEIGHT);
        bar.setBlockIncrement(view);
        bar.setValue(value);
    }

    private void barMoved() {
        if (!scrolling) {
            scrollTo(geometry.scrolledTo(across.getValue(), down.getValue()));
        }
    }

    @Override
    protected void layoutChildren() {
        double left = snappedLeftInset();
        double top = snappedTopInset();
        double width = Math.max(0, getWidth() - left - snappedRightInset());
        double height = Math.max(0, getHeight() - top - snappedBottomInset());
        double barWidth = down.prefWidth(-1);
        double barHeight = across.prefHeight(-1);
        boolean hasDown = unscrolled(width, height).mostScrollY() > 0;
        boolean hasAcross =
                unscrolled(hasDown ? width - barWidth : width, height).mostScrollX() > 0;
        double innerHeight = hasAcross ? height - barHeight : height;
        // One bar may take the room that made the other unnecessary.
        hasDown |= unscrolled(width, innerHeight).mostScrollY() > 0;
        double inner = hasDown ? width - barWidth : width;
        canvas.relocate(left, top);
        down.setVisible(hasDown);
        across.setVisible(hasAcross);
        Box bars =
                new Box(
                        left + GridGeometry.NAMES_WIDTH,
                        top + GridGeometry.HEADER_HEIGHT,
                        inner - GridGeometry.NAMES_WIDTH,
                        innerHeight - GridGeometry.HEADER_HEIGHT);
        down.resizeRelocate(left + inner, bars.y(), barWidth, Math.max(0, bars.height()));
        across.resizeRelocate(bars.x(), top + innerHeight, Math.max(0, bars.width()), barHeight);
        if (canvas.getWidth() != inner || canvas.getHeight() != innerHeight) {
            canvas.setWidth(inner);
            canvas.setHeight(innerHeight);
            place(geometry.scrollX(), geometry.scrollY());
        }
    }

    private void repaint() {
        dirty = true;
        painting.start();
    }

    private void paint() {
        dirty = false;
        if (canvas.getWidth() > 0 && canvas.getHeight() > 0) {
            painter.paint(
                    canvas.getGraphicsContext2D(),
                    new Frame(
                            model,
                            geometry,
                            tokens.getValue(),
                            hover,
                            isFocused(),
                            old.getValue()));
        }
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return STYLES.getCssMetaData();
    }
}
