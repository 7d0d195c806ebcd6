package io.modelfleet.console.matrix;

import io.modelfleet.console.control.State;
import io.modelfleet.console.matrix.GridGeometry.Box;
import io.modelfleet.console.support.Formats;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Presence;
import javafx.scene.canvas.GraphicsContext;

/** Paints what stands still: the column of nodes and the row of models. */
final class HeaderPainter {
    private static final double FIRST_LINE = 17;
    private static final double SECOND_LINE = 35;

    private final Ellipsis ellipsis;
    private final CellText words;
    private final Formats formats;

    HeaderPainter(Ellipsis ellipsis, CellText words, Formats formats) {
        this.ellipsis = ellipsis;
        this.words = words;
        this.formats = formats;
    }

    void nodes(GraphicsContext gc, Frame frame) {
        GridGeometry geometry = frame.geometry();
        for (int row = geometry.firstRow(); row < geometry.endRow(); row++) {
            Box box = geometry.box(new Position(row, Position.HEADER));
            if (frame.pointsAtRow(row)) {
                Brush.fill(gc, frame.colour("-mf-hover-bg"), box);
            }
            node(gc, frame, frame.model().grid().get().rows().get(row), box);
        }
    }

    private void node(GraphicsContext gc, Frame frame, Agent node, Box box) {
        State presence = presence(node);
        double y = box.middleY();
        Brush.text(
                gc, presence.sign(), Brush.NORMAL, frame.ink(presence.foreground()), Brush.PAD, y);
        String side =
                presence == State.ONLINE
                        ? formats.gpuMemory(Cell.gpuMemory(node))
                        : words.presence(presence);
        double sideWidth = ellipsis.width(side, Brush.SMALL);
        double from = Brush.PAD + Brush.SIGN_WIDTH;
        String name =
                ellipsis.cut(
                        Grid.name(node),
                        Brush.NORMAL,
                        box.width() - from - 2 * Brush.PAD - sideWidth);
        String ink = presence == State.OFFLINE ? State.OFFLINE.foreground() : "-mf-text-fg";
        Brush.text(gc, name, Brush.NORMAL, frame.ink(ink), from, y);
        Brush.text(
                gc,
                side,
                Brush.SMALL,
                frame.ink("-mf-muted-fg"),
                box.width() - Brush.PAD - sideWidth,
                y);
    }

    private static State presence(Agent node) {
        if (node.status() == Presence.OFFLINE) {
            return State.OFFLINE;
        }
        return node.schedulable() ? State.ONLINE : State.PAUSED;
    }

    void models(GraphicsContext gc, Frame frame) {
        GridGeometry geometry = frame.geometry();
        Grid grid = frame.model().grid().get();
        for (int column = geometry.firstColumn(); column < geometry.endColumn(); column++) {
            Box box = geometry.box(new Position(Position.HEADER, column));
            if (frame.pointsAtColumn(column)) {
                Brush.fill(gc, frame.colour("-mf-hover-bg"), box);
            }
            ModelColumn model = grid.columns().get(column);
            boolean wanted = model.reached() < grid.fleet().agents().size();
            Box arrow = geometry.arrow(column);
            double room = box.width() - Brush.PAD - (wanted ? arrow.width() : Brush.PAD / 2);
            model(gc, frame, model, box.x() + Brush.PAD, room);
            if (wanted) {
                boolean pointed = frame.hovers(new Position(Position.HEADER, column));
                Brush.arrow(
                        gc,
                        frame.ink(pointed ? "-mf-accent" : "-mf-link-fg"),
                        Math.rint(arrow.middleX()),
                        arrow.middleY());
            }
        }
    }

    private void model(GraphicsContext gc, Frame frame, ModelColumn model, double x, double room) {
        Brush.text(
                gc,
                ellipsis.cut(head(model, room), Brush.BOLD, room),
                Brush.BOLD,
                frame.ink("-mf-text-fg"),
                x,
                FIRST_LINE);
        Long size = model.size();
        String tag = model.name().tag();
        String second =
                size == null
                        ? ellipsis.cut(tag, Brush.SMALL, room)
                        : ellipsis.cut(tag + " · " + formats.bytes(size), Brush.SMALL, room);
        Brush.text(gc, second, Brush.SMALL, frame.ink("-mf-muted-fg"), x, SECOND_LINE);
    }

    /** The whole name where it fits; otherwise its own part, which tells models apart. */
    private String head(ModelColumn model, double room) {
        boolean fits = ellipsis.cut(model.head(), Brush.BOLD, room).equals(model.head());
        return fits || model.head().equals(model.name().model())
                ? model.head()
                : "…/" + model.name().model();
    }
}
