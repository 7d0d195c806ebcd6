package io.modelfleet.console.catalog;

import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.ModelName;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One model beside the table: what it is, and which nodes hold it or could run it. */
final class CatalogDetailPane extends VBox {
    private static final double ROW_HEIGHT = 46;

    private final PageContext context;
    private final Label title = new Label();
    private final Label figures = new Label();
    private final Label description = new Label();
    private final Label nodesTitle = new Label();
    private final Label rule = new Label();
    private final ObservableList<NodeFit> nodes = FXCollections.observableArrayList();
    private @Nullable CatalogEntry shown;

    /**
     * @param distribute opens the dialog for the model that is shown
     */
    CatalogDetailPane(PageContext context, Consumer<ModelName> distribute) {
        this.context = context;
        getStyleClass().add("detail-content");
        title.getStyleClass().add("section-title");
        List.of(figures, nodesTitle, rule).forEach(label -> label.getStyleClass().add("muted"));
        for (Label label : List.of(title, description, rule)) {
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
        }
        Button button = new Button(context.text("catalog.distribute"));
        button.setId("catalog-detail-distribute");
        button.getStyleClass().add("accent");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(
                event -> {
                    if (shown != null) {
                        distribute.accept(shown.name());
                    }
                });
        getChildren().setAll(title, figures, description, button, nodesTitle, list(), rule);
    }

    private ListView<NodeFit> list() {
        ListView<NodeFit> list = new ListView<>(nodes);
        list.setId("catalog-nodes");
        list.setFixedCellSize(ROW_HEIGHT);
        list.setCellFactory(view -> new NodeFitCell(context, this::needed));
        list.setMinHeight(ROW_HEIGHT);
        VBox.setVgrow(list, Priority.ALWAYS);
        return list;
    }

    /** Bytes on disk of what is shown; only asked for where they are known. */
    private long needed() {
        return shown == null || shown.size() == null ? 0 : shown.size();
    }

    void show(CatalogViewModel.Detail model) {
        CatalogEntry entry = model.facts().entry();
        shown = entry;
        title.setText(entry.name().toString());
        figures.setText(
                context.formats().bytes(entry.size()) + " · " + context.text(entry.origin().key()));
        String text = entry.description();
        description.setText(text == null ? "" : text);
        description.setManaged(text != null);
        nodesTitle.setText(
                context.text(
                        "catalog.nodes",
                        model.facts().holders(),
                        model.facts().able(),
                        model.facts().nodes()));
        rule.setText(
                entry.size() == null
                        ? context.text("catalog.rule.unknown")
                        : context.text(
                                "catalog.rule.model",
                                context.formats().gpuMemory(Fit.memoryFor(entry.size()))));
        show(model.nodes());
    }

    /** Changes what differs, so that the list stays where it is scrolled to. */
    private void show(List<NodeFit> next) {
        if (nodes.size() != next.size()) {
            nodes.setAll(next);
            return;
        }
        for (int i = 0; i < next.size(); i++) {
            if (!nodes.get(i).equals(next.get(i))) {
                nodes.set(i, next.get(i));
            }
        }
    }
}
