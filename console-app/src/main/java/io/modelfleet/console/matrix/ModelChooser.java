package io.modelfleet.console.matrix;

import io.modelfleet.console.client.Reply;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.AvailableModel;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/** Finds the name of a model that shall get a column: typed, or out of the catalog. */
final class ModelChooser {
    private static final double GB = 1e9;

    private final PageContext context;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ObservableList<AvailableModel> catalog = FXCollections.observableArrayList();
    private final FilteredList<AvailableModel> matching = new FilteredList<>(catalog);

    ModelChooser(PageContext context) {
        this.context = context;
        text.subscribe(this::typed);
    }

    /** Asks for the catalog; without it a name can still be typed. */
    void load() {
        context.threads().call(context.api()::availableModels, this::loaded);
    }

    private void loaded(Reply<AvailableModels> reply) {
        if (reply instanceof Reply.Ok<AvailableModels> ok) {
            catalog.setAll(ok.value().models());
        }
    }

    StringProperty text() {
        return text;
    }

    /** What is wrong with the name, empty while nothing is. */
    ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    /** The models of the catalog that fit what is typed. */
    ObservableList<AvailableModel> matching() {
        return matching;
    }

    private void typed(String now) {
        String wanted = now.strip().toLowerCase(Locale.ROOT);
        matching.setPredicate(
                model -> model.name().toString().toLowerCase(Locale.ROOT).contains(wanted));
        try {
            if (!wanted.isEmpty()) {
                ModelName.parse(now.strip());
            }
            error.set("");
        } catch (FleetException e) {
            error.set(e.text(context.messages().locale()));
        }
    }

    /** The name that was typed, absent while it is none. */
    @Nullable ModelName chosen() {
        return text.get().isBlank() || !error.get().isEmpty()
                ? null
                : ModelName.parse(text.get().strip());
    }

    /** Bytes of a model, as far as the catalog knows. */
    @Nullable Long size(ModelName name) {
        List<Double> known =
                catalog.stream()
                        .filter(model -> model.name().equals(name) && model.sizeGb() != null)
                        .map(AvailableModel::sizeGb)
                        .toList();
        return known.isEmpty() ? null : Math.round(known.getFirst() * GB);
    }
}
