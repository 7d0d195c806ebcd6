package io.modelfleet.console.settings;

import io.modelfleet.console.control.Fact;
import io.modelfleet.console.page.Fxml;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.settings.ConnectionForm.Trial;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.ThemeChoice;
import java.util.Map;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Binds the page of settings. */
public final class SettingsController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final SettingsViewModel model;
    private final PageContext context;
    private Subscription following = Subscription.EMPTY;
    private Subscription formFollowing = Subscription.EMPTY;
    private @Nullable ConnectionForm typed;

    @FXML private VBox connections;
    @FXML private Button add;
    @FXML private VBox form;
    @FXML private Label formTitle;
    @FXML private TextField name;
    @FXML private TextField address;
    @FXML private PasswordField token;
    @FXML private Label error;
    @FXML private Label trial;
    @FXML private Spinner<Integer> poll;
    @FXML private ToggleButton light;
    @FXML private ToggleButton dark;
    @FXML private ToggleButton system;
    @FXML private ToggleButton english;
    @FXML private ToggleButton japanese;
    @FXML private TextField file;

    SettingsController(SettingsViewModel model, PageContext context) {
        this.model = model;
        this.context = context;
    }

    Node load() {
        return Fxml.load(this, "settings.fxml", context.messages());
    }

    /** The view-model and the preferences outlive this view. */
    void leave() {
        following.unsubscribe();
        show((ConnectionForm) null);
    }

    @FXML
    void initialize() {
        file.setText(model.file());
        bindPolling();
        bindChoices();
        following =
                Subscription.combine(
                        model.settings().subscribe(this::show),
                        context.preferences().connected().subscribe(now -> fill()),
                        model.form().subscribe(now -> show(now)));
    }

    private void bindPolling() {
        var values =
                new SpinnerValueFactory.IntegerSpinnerValueFactory(
                        SettingsViewModel.SHORTEST_POLL, SettingsViewModel.LONGEST_POLL);
        values.setConverter(new WholeNumber(values));
        poll.setValueFactory(values);
        poll.getEditor().setOnAction(event -> commitPolling());
        poll.getEditor()
                .focusedProperty()
                .subscribe(
                        focused -> {
                            if (!focused) {
                                commitPolling();
                            }
                        });
        poll.valueProperty()
                .subscribe(
                        seconds -> {
                            if (seconds != null) {
                                model.pollSeconds(seconds);
                            }
                        });
    }

    /** What was typed and cannot be used gives way to the value that is in force. */
    private void commitPolling() {
        poll.commitValue();
        poll.getEditor().setText(poll.getValue().toString());
    }

    private void bindChoices() {
        Map<ToggleButton, ThemeChoice> themes =
                Map.of(
                        light, ThemeChoice.LIGHT,
                        dark, ThemeChoice.DARK,
                        system, ThemeChoice.SYSTEM);
        themes.forEach(
                (button, choice) ->
                        button.setOnAction(
                                event -> {
                                    // A second click must not leave it unselected.
                                    button.setSelected(true);
                                    model.theme(choice);
                                }));
        Map<ToggleButton, Language> languages = Map.of(english, Language.EN, japanese, Language.JA);
        languages.forEach(
                (button, choice) ->
                        button.setOnAction(
                                event -> {
                                    button.setSelected(true);
                                    model.language(choice);
                                }));
    }

    private void show(Settings now) {
        poll.getValueFactory().setValue(now.pollSeconds());
        light.setSelected(now.theme() == ThemeChoice.LIGHT);
        dark.setSelected(now.theme() == ThemeChoice.DARK);
        system.setSelected(now.theme() == ThemeChoice.SYSTEM);
        english.setSelected(model.language() == Language.EN);
        japanese.setSelected(model.language() == Language.JA);
        fill();
    }

    private void fill() {
        connections.getChildren().clear();
        model.unsaved().ifPresent(open -> connections.getChildren().add(unsaved(open)));
        for (Connection saved : model.settings().get().connections()) {
            connections.getChildren().add(saved(saved));
        }
    }

    private Node unsaved(Connection open) {
        return new ConnectionRow(open, true, context.messages())
                .act("settings-keep", context.text("settings.keep"), () -> model.keep(open));
    }

    private Node saved(Connection saved) {
        boolean open = model.isConnected(saved);
        ConnectionRow row = new ConnectionRow(saved, open, context.messages());
        if (!open) {
            row.act("settings-open", context.text("settings.open"), () -> model.open(saved));
        }
        return row.act("settings-edit", context.text("settings.edit"), () -> model.edit(saved))
                .act("settings-remove", context.text("settings.remove"), () -> model.remove(saved));
    }

    private void show(@Nullable ConnectionForm next) {
        formFollowing.unsubscribe();
        formFollowing = Subscription.EMPTY;
        unbind();
        typed = next;
        form.setVisible(next != null);
        form.setManaged(next != null);
        add.setDisable(next != null);
        if (next == null) {
            return;
        }
        formTitle.setText(
                context.text(next.isNew() ? "settings.add.title" : "settings.edit.title"));
        name.textProperty().bindBidirectional(next.name());
        address.textProperty().bindBidirectional(next.address());
        token.textProperty().bindBidirectional(next.token());
        formFollowing =
                Subscription.combine(
                        next.error().subscribe(text -> say(error, text)),
                        next.trial().subscribe(this::show));
        (next.isNew() ? address : name).requestFocus();
    }

    private void unbind() {
        ConnectionForm old = typed;
        if (old != null) {
            Map<TextField, StringProperty> fields =
                    Map.of(name, old.name(), address, old.address(), token, old.token());
            fields.forEach((field, text) -> field.textProperty().unbindBidirectional(text));
        }
    }

    private void show(Trial shown) {
        say(trial, shown.text());
        trial.pseudoClassStateChanged(GOOD, shown.result() == Trial.Result.GOOD);
        trial.pseudoClassStateChanged(BAD, shown.result() == Trial.Result.BAD);
    }

    private static void say(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
        label.setManaged(!text.isEmpty());
    }

    @FXML
    void add() {
        model.add();
    }

    @FXML
    void test() {
        if (typed != null) {
            typed.test();
        }
    }

    @FXML
    void save() {
        model.save();
    }

    @FXML
    void cancel() {
        model.cancel();
    }

    @FXML
    void copyFile() {
        Fact.copy(file.getText());
        context.notifier().info(context.text("settings.file.copied"));
    }
}
