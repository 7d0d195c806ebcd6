package io.modelfleet.console.settings;

import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Reads what is typed into a spinner; what is no number leaves the value as it was. */
final class WholeNumber extends StringConverter<Integer> {
    private final IntegerSpinnerValueFactory values;

    WholeNumber(IntegerSpinnerValueFactory values) {
        this.values = values;
    }

    @Override
    public String toString(@Nullable Integer value) {
        return value == null ? "" : value.toString();
    }

    @Override
    public Integer fromString(@Nullable String text) {
        try {
            int typed = Integer.parseInt(text == null ? "" : text.strip());
            return Math.clamp(typed, values.getMin(), values.getMax());
        } catch (NumberFormatException e) {
            return values.getValue();
        }
    }
}
