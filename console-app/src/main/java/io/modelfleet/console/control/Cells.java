package io.modelfleet.console.control;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.util.Callback;
import org.jspecify.annotations.Nullable;

/** Table cells that keep their control and change only what it shows. */
public final class Cells {
    private Cells() {}

    /**
     * A cell with a control inside.
     *
     * @param build makes the control, once per cell
     * @param show writes a value into it
     */
    public static <R, V, N extends Node> Callback<TableColumn<R, V>, TableCell<R, V>> of(
            Supplier<N> build, BiConsumer<N, V> show) {
        return column -> new ControlCell<>(build.get(), show);
    }

    /**
     * A cell with a text; what is not known is handed on as {@code null}, to be shown as such.
     *
     * @param format gives every value its text
     */
    public static <R, V extends @Nullable Object> Callback<TableColumn<R, V>, TableCell<R, V>> text(
            Function<@Nullable V, String> format) {
        return column -> new TextCell<>(format);
    }

    /** Puts a column's header and cells to the right, as figures want it. */
    public static void number(TableColumn<?, ?> column) {
        column.getStyleClass().add("number");
    }

    private static final class TextCell<R, V extends @Nullable Object> extends TableCell<R, V> {
        private final Function<@Nullable V, String> format;

        TextCell(Function<@Nullable V, String> format) {
            this.format = format;
        }

        @Override
        protected void updateItem(@Nullable V value, boolean empty) {
            super.updateItem(value, empty);
            setText(empty ? null : format.apply(value));
        }
    }

    private static final class ControlCell<R, V, N extends Node> extends TableCell<R, V> {
        private final N control;
        private final BiConsumer<N, V> show;

        ControlCell(N control, BiConsumer<N, V> show) {
            this.control = control;
            this.show = show;
        }

        @Override
        protected void updateItem(V value, boolean empty) {
            super.updateItem(value, empty);
            if (empty || value == null) {
                setGraphic(null);
                return;
            }
            show.accept(control, value);
            if (getGraphic() == null) {
                setGraphic(control);
            }
        }
    }
}
