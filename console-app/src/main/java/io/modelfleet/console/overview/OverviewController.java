package io.modelfleet.console.overview;

import io.modelfleet.console.control.EmptyState;
import io.modelfleet.console.control.Fact;
import io.modelfleet.console.overview.OverviewViewModel.Stage;
import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** Binds the overview. */
public final class OverviewController {
    private static final double CONCERN_HEIGHT = 48;
    private static final double DOWNLOAD_HEIGHT = 50;
    private static final double EVENT_HEIGHT = 34;

    private final OverviewViewModel model;
    private final PageContext context;
    private Subscription following = Subscription.EMPTY;

    @FXML private Button distribute;
    @FXML private Label waiting;
    @FXML private VBox empty;
    @FXML private TextArea command;
    @FXML private VBox fleet;
    @FXML private HBox cards;
    @FXML private Label concernCount;
    @FXML private ListView<Row<Line>> concerns;
    @FXML private ListView<Row<Download>> downloads;
    @FXML private Button more;
    @FXML private ListView<Row<Line>> events;

    OverviewController(OverviewViewModel model, PageContext context) {
        this.model = model;
        this.context = context;
    }

    Node load() {
        return Fxml.load(this, "overview.fxml", context.messages());
    }

    /** The view-model outlives this view: nothing here may listen to it any longer. */
    void leave() {
        following.unsubscribe();
        concerns.setItems(null);
        downloads.setItems(null);
        events.setItems(null);
    }

    @FXML
    void initialize() {
        for (CardId id : CardId.values()) {
            CardView card = new CardView(context.text(id.key()), icon(id));
            card.setId("overview-card-" + id.name().toLowerCase(Locale.ROOT));
            card.setOnAction(event -> model.open(id));
            cards.getChildren().add(card);
            follow(model.card(id).subscribe(card::show));
        }
        command.setText(model.command());
        bindConcerns();
        bindDownloads();
        bindEvents();
        follow(model.stage().subscribe(this::show));
    }

    private void follow(Subscription one) {
        following = following.and(one);
    }

    private void show(Stage stage) {
        see(waiting, stage == Stage.WAITING);
        see(empty, stage == Stage.EMPTY);
        see(fleet, stage == Stage.FLEET);
        see(distribute, stage == Stage.FLEET);
    }

    private static void see(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    private static Ikon icon(CardId id) {
        return switch (id) {
            case NODES -> MaterialDesignS.SERVER;
            case MEMORY -> MaterialDesignM.MEMORY;
            case DISK -> MaterialDesignH.HARDDISK;
            case MODELS -> MaterialDesignC.CUBE_OUTLINE;
            case TASKS -> MaterialDesignF.FORMAT_LIST_CHECKS;
        };
    }

    private void bindConcerns() {
        concerns.setFixedCellSize(CONCERN_HEIGHT);
        concerns.setCellFactory(RowCell.of(LineView::new, LineView::show, LineView::read));
        concerns.setItems(model.concerns());
        concerns.setPlaceholder(
                new EmptyState(
                        MaterialDesignC.CHECK_CIRCLE_OUTLINE,
                        context.text("overview.concerns.none"),
                        context.text("overview.concerns.none.text")));
        RowCell.opens(concerns, line -> model.open(line.link()));
        follow(
                Bindings.size(model.concerns())
                        .subscribe(
                                size ->
                                        concernCount.setText(
                                                size.intValue() == 0
                                                        ? ""
                                                        : context.formats()
                                                                .count(size.intValue()))));
    }

    private void bindDownloads() {
        downloads.setFixedCellSize(DOWNLOAD_HEIGHT);
        downloads.setCellFactory(
                RowCell.of(DownloadView::new, DownloadView::show, DownloadView::read));
        downloads.setItems(model.downloads());
        downloads.setPlaceholder(
                new EmptyState(
                        MaterialDesignD.DOWNLOAD_OUTLINE,
                        context.text("overview.downloads.none"),
                        context.text("overview.downloads.none.text")));
        RowCell.opens(downloads, model::openDownload);
        follow(model.more().subscribe(more::setText));
        more.visibleProperty().bind(more.textProperty().isNotEmpty());
    }

    private void bindEvents() {
        events.setFixedCellSize(EVENT_HEIGHT);
        events.setCellFactory(RowCell.of(LineView::new, LineView::show, LineView::read));
        events.setItems(model.events());
        events.setPlaceholder(
                new EmptyState(
                        MaterialDesignH.HISTORY,
                        context.text("overview.events.none"),
                        context.text("overview.events.none.text")));
        RowCell.opens(events, line -> model.open(line.link()));
    }

    @FXML
    void distribute() {
        model.distribute();
    }

    @FXML
    void copyCommand() {
        Fact.copy(command.getText());
        context.notifier().info(context.text("overview.copied"));
    }

    @FXML
    void openTasks() {
        context.navigator().open(PageId.TASKS);
    }
}
