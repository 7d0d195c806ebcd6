package io.modelfleet.console.nodes;

import io.modelfleet.console.support.Messages;
import java.util.Map;
import java.util.Set;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** Shows the columns for which there is room, and lets the operator choose. */
final class TableColumns {
    /** Of the scroll bar and the table's edges. */
    private static final double EDGES = 16;

    private final ColumnChoice choice;
    private final Messages messages;

    TableColumns(ColumnChoice choice, Messages messages) {
        this.choice = choice;
        this.messages = messages;
    }

    void bind(
            TableView<NodeRow> table,
            Map<Column, TableColumn<NodeRow, ?>> columns,
            MenuButton menu) {
        columns.forEach(
                (column, shown) -> {
                    shown.setMinWidth(column.width());
                    shown.setPrefWidth(column.width());
                });
        for (Column column : Column.values()) {
            if (column != Column.NAME) {
                menu.getItems().add(item(column, () -> fit(table, columns)));
            }
        }
        table.widthProperty().subscribe(width -> fit(table, columns));
    }

    private CheckMenuItem item(Column column, Runnable changed) {
        CheckMenuItem item = new CheckMenuItem(messages.text(column.key()));
        item.setId("nodes-columns-" + column.id());
        item.setSelected(choice.isWanted(column));
        item.setOnAction(
                event -> {
                    choice.want(column, item.isSelected());
                    changed.run();
                });
        return item;
    }

    private void fit(TableView<NodeRow> table, Map<Column, TableColumn<NodeRow, ?>> columns) {
        Set<Column> fitting = choice.fitting(table.getWidth() - EDGES);
        columns.forEach((column, shown) -> shown.setVisible(fitting.contains(column)));
    }
}
