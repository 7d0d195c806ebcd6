package io.modelfleet.console.distribution;

import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;

/** Binds the distribution dialog. */
public final class DistributionController {
    private final DistributionViewModel view;
    private final PageContext context;

    @FXML private TextField model;
    @FXML private Label error;
    @FXML private Label target;
    @FXML private Button send;

    DistributionController(DistributionViewModel view, PageContext context) {
        this.view = view;
        this.context = context;
    }

    void show() {
        Region box = Fxml.load(this, "distribution.fxml", context.messages());
        context.dialogs().show(box);
        model.requestFocus();
    }

    @FXML
    void initialize() {
        model.textProperty().bindBidirectional(view.model());
        error.textProperty().bind(view.error());
        target.setText(view.target());
        send.disableProperty().bind(view.ready().not());
    }

    @FXML
    void send() {
        if (view.ready().get()) {
            context.dialogs().close();
            view.send();
        }
    }

    @FXML
    void cancel() {
        context.dialogs().close();
    }
}
