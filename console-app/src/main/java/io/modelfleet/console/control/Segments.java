package io.modelfleet.console.control;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** A choice between few things that are all in sight; exactly one is chosen. */
public final class Segments<T> extends HBox {
    private final ToggleGroup group = new ToggleGroup();
    private final ObjectProperty<@Nullable T> value = new SimpleObjectProperty<>();

    public Segments() {
        getStyleClass().add("segments");
        group.selectedToggleProperty()
                .addListener(
                        (all, before, now) -> {
                            if (now == null) {
                                // A second click on what is chosen must not leave nothing chosen.
                                group.selectToggle(before);
                            } else {
                                value.set(choice(now));
                            }
                        });
        value.subscribe(this::select);
    }

    /** What is chosen. */
    public ObjectProperty<@Nullable T> value() {
        return value;
    }

    /**
     * @param words what the choices are called
     * @param id what tests and style sheets call its button
     */
    public void offer(List<T> choices, Function<T, String> words, Function<T, String> id) {
        getChildren().clear();
        for (T choice : choices) {
            ToggleButton button = new ToggleButton(words.apply(choice));
            button.setId(id.apply(choice));
            button.setUserData(choice);
            button.setMinWidth(USE_PREF_SIZE);
            button.setToggleGroup(group);
            button.getStyleClass().add(Styles.CENTER_PILL);
            getChildren().add(button);
        }
        pill(0, Styles.LEFT_PILL);
        pill(choices.size() - 1, Styles.RIGHT_PILL);
        select(value.get());
    }

    private void pill(int index, String style) {
        getChildren().get(index).getStyleClass().remove(Styles.CENTER_PILL);
        getChildren().get(index).getStyleClass().add(style);
    }

    private void select(@Nullable T chosen) {
        for (Toggle toggle : group.getToggles()) {
            if (toggle.getUserData().equals(chosen)) {
                group.selectToggle(toggle);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private T choice(Toggle toggle) {
        return (T) toggle.getUserData();
    }
}
