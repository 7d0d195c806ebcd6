package io.modelfleet.console.control;

import io.modelfleet.console.support.Messages;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/** A state as a small coloured pill: sign and word. */
public final class Badge extends Label {
    private @Nullable State shown;

    public Badge() {
        getStyleClass().add("badge");
        setMinWidth(USE_PREF_SIZE);
    }

    public Badge(State state, Messages messages) {
        this();
        show(state, messages.text(state.key()));
    }

    /**
     * @param words what stands beside the state's sign
     */
    public void show(State state, String words) {
        if (shown != state) {
            if (shown != null) {
                getStyleClass().remove(shown.styleClass());
            }
            getStyleClass().add(state.styleClass());
            shown = state;
        }
        setText(state.sign() + " " + words);
        setAccessibleText(words);
    }
}
