package io.modelfleet.console.matrix;

import io.modelfleet.console.matrix.GridGeometry.Box;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Point2D;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** What mouse and keyboard do to the grid. */
final class GridInput {
    private static final Duration TOOLTIP_AFTER = Duration.millis(500);
    private static final double TOOLTIP_WIDTH = 420;
    private static final int ALL_THE_WAY = 1_000_000;

    private final GridView view;
    private final MatrixViewModel model;
    private final CellMenu menu;
    private final Tooltip tooltip = new Tooltip();
    private final PauseTransition pause = new PauseTransition(TOOLTIP_AFTER);
    private @Nullable Position pointed;
    private @Nullable Position pressed;
    private boolean dragged;

    GridInput(GridView view, MatrixViewModel model, CellMenu menu) {
        this.view = view;
        this.model = model;
        this.menu = menu;
    }

    void listen() {
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(TOOLTIP_WIDTH);
        view.setOnMouseMoved(this::moved);
        view.setOnMouseExited(event -> point(null));
        view.setOnMousePressed(this::pressed);
        view.setOnMouseDragged(this::dragged);
        view.setOnMouseReleased(this::released);
        view.setOnScroll(this::scrolled);
        view.setOnKeyPressed(this::key);
    }

    private void moved(MouseEvent event) {
        Position now = view.cellAt(event.getX(), event.getY());
        if (now == null ? pointed != null : !now.equals(pointed)) {
            point(now);
            pause.setOnFinished(done -> showTooltip(event.getScreenX(), event.getScreenY()));
        }
    }

    private void point(@Nullable Position now) {
        pointed = now;
        view.hover(now);
        tooltip.hide();
        pause.stop();
        if (now != null) {
            pause.playFromStart();
        }
    }

    private void showTooltip(double x, double y) {
        if (pointed != null && view.getScene() != null && !menu.isShowing()) {
            tooltip.setText(model.sentence(pointed));
            tooltip.show(view, x + 12, y + 18);
        }
    }

    private void pressed(MouseEvent event) {
        view.requestFocus();
        menu.hide();
        tooltip.hide();
        pause.stop();
        Position at = view.cellAt(event.getX(), event.getY());
        pressed = at;
        dragged = false;
        if (at == null) {
            return;
        }
        if (event.getButton() != MouseButton.PRIMARY) {
            model.selection().goTo(at.row(), at.column());
            menu.show(at, new Point2D(event.getX(), event.getY()));
            pressed = null;
        } else if (at.isCell() && event.isShiftDown()) {
            model.selection().extendTo(at);
            pressed = null;
        } else if (at.isCell() && event.isShortcutDown()) {
            model.selection().goTo(at.row(), at.column());
            model.selection().toggle(at);
            pressed = null;
        } else {
            model.selection().goTo(at.row(), at.column());
        }
    }

    private void dragged(MouseEvent event) {
        if (pressed == null || !pressed.isCell()) {
            return;
        }
        Position now = view.geometry().nearest(event.getX(), event.getY());
        if (!dragged) {
            if (now.equals(pressed)) {
                return;
            }
            dragged = true;
            view.hover(null);
            model.selection().anchorAt(pressed);
        }
        model.selection().extendTo(now);
    }

    private void released(MouseEvent event) {
        Position at = pressed;
        pressed = null;
        if (at == null || dragged || !at.equals(view.cellAt(event.getX(), event.getY()))) {
            return;
        }
        if (at.isCell() && model.selection().clear()) {
            // The click was meant to leave the selection.
            return;
        }
        boolean onArrow =
                at.isModelHeader() && event.getX() >= view.geometry().arrow(at.column()).x();
        if (onArrow) {
            distribute(at);
        } else {
            act(at, new Point2D(event.getX(), event.getY()));
        }
    }

    private void act(Position at, Point2D where) {
        if (model.isAtOnce(at)) {
            model.perform(Act.DISTRIBUTE, model.target(at));
        } else {
            menu.show(at, where);
        }
    }

    private void distribute(Position header) {
        model.distributeColumn(view.grid().columns().get(header.column()).name());
    }

    private void scrolled(ScrollEvent event) {
        boolean sideways = event.isShiftDown() && event.getDeltaX() == 0;
        view.scrollBy(
                sideways ? -event.getDeltaY() : -event.getDeltaX(),
                sideways ? 0 : -event.getDeltaY());
        tooltip.hide();
        menu.hide();
        event.consume();
    }

    private void key(KeyEvent event) {
        MatrixSelection selection = model.selection();
        boolean extend = event.isShiftDown();
        int page = view.geometry().page();
        boolean far = event.isShortcutDown();
        boolean known = true;
        switch (event.getCode()) {
            case UP, KP_UP -> selection.move(-1, 0, extend);
            case DOWN, KP_DOWN -> selection.move(1, 0, extend);
            case LEFT, KP_LEFT -> selection.move(0, -1, extend);
            case RIGHT, KP_RIGHT -> selection.move(0, 1, extend);
            case PAGE_UP -> selection.move(-page, 0, extend);
            case PAGE_DOWN -> selection.move(page, 0, extend);
            case HOME -> jump(far ? 0 : row(), 0, extend);
            case END -> jump(far ? ALL_THE_WAY : row(), ALL_THE_WAY, extend);
            case SPACE -> atCursor(selection::toggle);
            case ENTER -> atCursor(this::actAt);
            case CONTEXT_MENU -> atCursor(this::menuAt);
            default -> known = false;
        }
        if (known) {
            event.consume();
        }
    }

    private int row() {
        Position at = model.selection().cursor().get();
        return at == null ? 0 : at.row();
    }

    private void jump(int row, int column, boolean extend) {
        if (extend) {
            model.selection().extendTo(new Position(Math.max(0, row), column));
        } else {
            model.selection().goTo(row, column);
        }
    }

    private void atCursor(Consumer<Position> act) {
        Position at = model.selection().cursor().get();
        if (at != null) {
            act.accept(at);
        }
    }

    private void actAt(Position at) {
        if (at.isModelHeader()) {
            distribute(at);
        } else {
            act(at, below(at));
        }
    }

    private void menuAt(Position at) {
        menu.show(at, below(at));
    }

    private Point2D below(Position at) {
        Box box = view.geometry().box(at);
        return new Point2D(box.x() + Brush.PAD, box.y() + box.height());
    }
}
