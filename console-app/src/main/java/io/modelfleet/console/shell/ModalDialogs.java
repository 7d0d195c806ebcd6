package io.modelfleet.console.shell;

import atlantafx.base.controls.ModalPane;
import atlantafx.base.theme.Styles;
import io.modelfleet.console.page.Dialogs;
import io.modelfleet.console.support.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Dialogs over the window's content. */
final class ModalDialogs implements Dialogs {
    private static final double WIDTH = 440;

    /** More names than this are counted, not listed. */
    private static final int LISTED = 8;

    private final Messages messages;
    private final ModalPane pane = new ModalPane();

    ModalDialogs(Messages messages) {
        this.messages = messages;
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        // However it was closed, nothing may be left that still listens.
        pane.displayProperty()
                .subscribe(
                        shown -> {
                            if (!shown) {
                                pane.setContent(null);
                            }
                        });
    }

    ModalPane pane() {
        return pane;
    }

    boolean isOpen() {
        return pane.isDisplay();
    }

    @Override
    public void confirm(Question question, Runnable yes) {
        Label title = new Label(question.title());
        title.getStyleClass().add("section-title");
        title.setWrapText(true);
        Label text = new Label(question.text());
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        VBox box = new VBox(title, text);
        question.touched().stream()
                .limit(LISTED)
                .map(ModalDialogs::touched)
                .forEach(box.getChildren()::add);
        if (question.touched().size() > LISTED) {
            box.getChildren()
                    .add(
                            touched(
                                    messages.text(
                                            "confirm.more", question.touched().size() - LISTED)));
        }
        Button no = new Button(messages.text("action.cancel"));
        no.setCancelButton(true);
        no.setOnAction(event -> close());
        Button go = new Button(question.action());
        go.setId("confirm-yes");
        go.getStyleClass().add(question.destroys() ? Styles.DANGER : Styles.ACCENT);
        go.setOnAction(
                event -> {
                    close();
                    yes.run();
                });
        HBox buttons = new HBox(no, go);
        buttons.getStyleClass().add("buttons");
        box.getChildren().add(buttons);
        show(box);
        // Return must not do the harm by itself.
        (question.destroys() ? no : go).requestFocus();
    }

    private static Label touched(String name) {
        Label label = new Label(name);
        label.getStyleClass().add("touched");
        return label;
    }

    @Override
    public void show(Region content) {
        if (!content.getStyleClass().contains("dialog-box")) {
            content.getStyleClass().add("dialog-box");
        }
        if (content.getPrefWidth() < 0) {
            content.setPrefWidth(WIDTH);
        }
        content.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        pane.show(content);
    }

    @Override
    public void close() {
        pane.hide();
    }
}
