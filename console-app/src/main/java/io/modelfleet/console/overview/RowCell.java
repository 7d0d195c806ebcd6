package io.modelfleet.console.overview;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.util.Callback;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** A list's cell that keeps its control and follows what its row says. */
final class RowCell<T, N extends Node> extends ListCell<Row<T>> {
    private final N control;
    private final BiConsumer<N, T> show;
    private final Function<T, String> read;
    private @Nullable Row<T> row;
    private Subscription following = Subscription.EMPTY;

    private RowCell(N control, BiConsumer<N, T> show, Function<T, String> read) {
        this.control = control;
        this.show = show;
        this.read = read;
    }

    /**
     * @param build makes the control, once per cell
     * @param show writes what a row says into it
     * @param read the same for a screen reader
     */
    static <T, N extends Node> Callback<ListView<Row<T>>, ListCell<Row<T>>> of(
            Supplier<N> build, BiConsumer<N, T> show, Function<T, String> read) {
        return list -> {
            RowCell<T, N> cell = new RowCell<>(build.get(), show, read);
            // A long text is cut, never a reason to scroll sideways.
            cell.setPrefWidth(0);
            return cell;
        };
    }

    /** Makes Return and a click do the same. */
    static <T> void opens(ListView<Row<T>> list, Consumer<T> open) {
        list.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    Row<T> chosen = list.getSelectionModel().getSelectedItem();
                    if (event.getCode() == KeyCode.ENTER && chosen != null) {
                        event.consume();
                        open.accept(chosen.now());
                    }
                });
        list.setOnMouseClicked(
                event -> {
                    Row<T> chosen = list.getSelectionModel().getSelectedItem();
                    if (chosen != null
                            && event.getTarget() instanceof Node target
                            && inside(target)) {
                        open.accept(chosen.now());
                    }
                });
    }

    /** A click below the last line means nothing. */
    private static boolean inside(Node target) {
        for (Node node = target; node != null; node = node.getParent()) {
            if (node instanceof ListCell<?> cell) {
                return !cell.isEmpty();
            }
        }
        return false;
    }

    @Override
    protected void updateItem(@Nullable Row<T> item, boolean empty) {
        super.updateItem(item, empty);
        Row<T> next = empty ? null : item;
        if (next == row) {
            return;
        }
        row = next;
        following.unsubscribe();
        if (next == null) {
            following = Subscription.EMPTY;
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        following = next.says().subscribe(this::say);
        setGraphic(control);
    }

    private void say(T says) {
        show.accept(control, says);
        setAccessibleText(read.apply(says));
    }
}
