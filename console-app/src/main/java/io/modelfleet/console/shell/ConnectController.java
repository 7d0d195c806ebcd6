package io.modelfleet.console.shell;

import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.support.Messages;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;

/** Binds the connect form. */
public final class ConnectController {
    private final ConnectViewModel model;
    private final Runnable cancel;
    private final boolean cancellable;

    @FXML private TextField address;
    @FXML private PasswordField token;
    @FXML private Label error;
    @FXML private Button connect;
    @FXML private Button back;
    @FXML private ProgressIndicator busy;

    /**
     * @param cancellable whether there is a fleet to go back to
     */
    ConnectController(ConnectViewModel model, boolean cancellable, Runnable cancel) {
        this.model = model;
        this.cancel = cancel;
        this.cancellable = cancellable;
    }

    Parent load(Messages messages) {
        Parent node = Fxml.load(this, "connect.fxml", messages);
        address.requestFocus();
        return node;
    }

    @FXML
    void initialize() {
        address.textProperty().bindBidirectional(model.address());
        token.textProperty().bindBidirectional(model.token());
        error.textProperty().bind(model.error());
        error.managedProperty().bind(error.textProperty().isNotEmpty());
        error.visibleProperty().bind(error.managedProperty());
        busy.visibleProperty().bind(model.busy());
        connect.disableProperty().bind(model.busy().or(model.address().isEmpty()));
        back.setVisible(cancellable);
        back.setManaged(cancellable);
    }

    @FXML
    void connect() {
        model.connect();
    }

    @FXML
    void back() {
        cancel.run();
    }
}
