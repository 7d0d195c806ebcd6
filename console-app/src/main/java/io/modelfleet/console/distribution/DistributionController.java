package io.modelfleet.console.distribution;

import io.modelfleet.console.control.Segments;
import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.DistributeRequest;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Binds the distribution dialog. */
public final class DistributionController {
    private static final double ROW_HEIGHT = 30;

    private final DistributionViewModel view;
    private final PageContext context;
    private final Runnable left;
    private final Sending sending;

    @FXML private VBox root;
    @FXML private TextField model;
    @FXML private Label about;
    @FXML private Label error;
    @FXML private Segments<Aim> aim;
    @FXML private TextField filter;
    @FXML private Segments<Boolean> installed;
    @FXML private Segments<Boolean> unavailable;
    @FXML private Label headline;
    @FXML private Label cost;
    @FXML private ListView<Preview.Line> preview;
    @FXML private HBox refusal;
    @FXML private Label refusalText;
    @FXML private Button wait;
    @FXML private Button send;

    /**
     * @param left is called when the dialog is gone
     */
    DistributionController(DistributionViewModel view, PageContext context, Runnable left) {
        this.view = view;
        this.context = context;
        this.left = left;
        this.sending = new Sending(context);
    }

    void show() {
        Fxml.load(this, "distribution.fxml", context.messages());
        context.dialogs().show(root);
        if (view.ready().get()) {
            send.requestFocus();
        } else {
            model.requestFocus();
        }
    }

    @FXML
    void initialize() {
        bindModel();
        bindChoices();
        bindPreview();
        bindRefusal();
        send.textProperty().bind(view.words().action());
        send.disableProperty().bind(view.ready().not().or(sending.busy()));
        root.sceneProperty()
                .addListener(
                        (all, before, now) -> {
                            if (now == null) {
                                left.run();
                            }
                        });
    }

    private void bindModel() {
        model.textProperty().bindBidirectional(view.model());
        error.textProperty().bind(view.error());
        error.visibleProperty().bind(view.error().isNotEmpty());
        about.textProperty().bind(view.words().about());
        about.visibleProperty().bind(view.error().isEmpty());
        new SuggestionList(model, error, view.suggestions(), context.formats()).addTo(root);
    }

    private void bindChoices() {
        aim.offer(view.aims(), view::words, one -> id("aim", one.name()));
        aim.value().bindBidirectional(view.aim());
        filter.textProperty().bindBidirectional(view.filter());
        filter.visibleProperty().bind(view.aim().isEqualTo(Aim.FILTER));
        view.aim().subscribe(now -> focusFilter(now));
        offer(installed, "installed", view.again());
        offer(unavailable, "unavailable", view.queue());
    }

    private void focusFilter(Aim now) {
        if (now == Aim.FILTER) {
            filter.requestFocus();
        }
    }

    private void offer(Segments<Boolean> segments, String name, BooleanProperty choice) {
        segments.offer(
                List.of(false, true),
                one -> context.text("distribution." + name + "." + one),
                one -> id(name, one.toString()));
        segments.value().bindBidirectional(choice.asObject());
    }

    private static String id(String choice, String value) {
        return "distribution-" + choice + "-" + value.toLowerCase(Locale.ROOT);
    }

    private void bindPreview() {
        headline.textProperty().bind(view.words().headline());
        cost.textProperty().bind(view.words().cost());
        preview.setFixedCellSize(ROW_HEIGHT);
        preview.setCellFactory(list -> new PreviewCell(view.words()));
        Label nothing = new Label();
        nothing.getStyleClass().add("muted");
        nothing.textProperty().bind(view.words().headline());
        preview.setPlaceholder(nothing);
        view.preview()
                .subscribe(
                        now -> {
                            preview.getItems().setAll(now.lines());
                            headline.setVisible(!now.lines().isEmpty());
                            sending.forget();
                        });
    }

    private void bindRefusal() {
        refusal.visibleProperty().bind(sending.refusal().isNotNull());
        refusal.managedProperty().bind(refusal.visibleProperty());
        refusalText
                .textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> {
                                    Sending.Refusal now = sending.refusal().get();
                                    return now == null ? "" : now.text();
                                },
                                sending.refusal()));
        sending.refusal().subscribe(now -> wait.setVisible(now != null && now.mayWait()));
        wait.managedProperty().bind(wait.visibleProperty());
    }

    @FXML
    void send() {
        DistributeRequest request = view.request();
        if (request != null && view.ready().get() && !sending.busy().get()) {
            sending.send(request, view.preview().get(), this::accepted);
        }
    }

    /** The same again, for nodes that are not there now. */
    @FXML
    void sendForLater() {
        view.queue().set(true);
        send();
    }

    private void accepted(List<Sending.Surprise> surprises) {
        // Esc may have closed it while it was on its way.
        boolean open = root.getScene() != null;
        if (!surprises.isEmpty()) {
            new SurpriseBox(surprises, context).show(context);
        } else if (open) {
            context.dialogs().close();
        }
    }

    @FXML
    void cancel() {
        context.dialogs().close();
    }
}
