package io.modelfleet.console.distribution;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.NodeFilter;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.DistributeRequest.IfInstalled;
import io.modelfleet.protocol.DistributeRequest.Target;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OnUnavailable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** Which model goes where, and what that would do. */
final class DistributionViewModel {
    private static final int SUGGESTED = 7;

    private final PageContext context;
    private final List<UUID> selected;
    private final StringProperty model = new SimpleStringProperty("");
    private final ObjectProperty<Aim> aim;
    private final StringProperty filter = new SimpleStringProperty("");
    private final BooleanProperty again = new SimpleBooleanProperty();
    private final BooleanProperty queue = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<KnownModels.Known>> suggestions =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Preview> preview =
            new ReadOnlyObjectWrapper<>(Preview.NOTHING);
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final PreviewWords words;
    private @Nullable ModelName name;
    private @Nullable AvailableModels catalog;
    private KnownModels known = KnownModels.NONE;
    private FleetState fleet;

    /**
     * @param nodes that are selected; empty means all of the fleet
     * @param catalog what it said last time, until it answers again
     */
    DistributionViewModel(
            PageContext context,
            @Nullable ModelName wanted,
            List<UUID> nodes,
            @Nullable AvailableModels catalog) {
        this.context = context;
        this.selected = List.copyOf(nodes);
        this.aim = new SimpleObjectProperty<>(selected.isEmpty() ? Aim.ALL : Aim.SELECTED);
        this.fleet = context.fleet().get();
        this.words = new PreviewWords(context);
        catalog(catalog);
        model.subscribe(this::read);
        model.set(wanted == null ? "" : wanted.toString());
        for (var property : List.of(aim, filter, again, queue)) {
            property.subscribe(this::look);
        }
    }

    StringProperty model() {
        return model;
    }

    /** What is wrong with the name, empty while nothing is or nothing was typed. */
    ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    /** Models that the operator may be about to type. */
    ReadOnlyObjectProperty<List<KnownModels.Known>> suggestions() {
        return suggestions.getReadOnlyProperty();
    }

    /** The aims that there are to choose from. */
    List<Aim> aims() {
        return selected.isEmpty()
                ? List.of(Aim.ALL, Aim.FILTER)
                : List.of(Aim.ALL, Aim.SELECTED, Aim.FILTER);
    }

    String words(Aim of) {
        return context.text("distribution.aim." + of, selected.size());
    }

    ObjectProperty<Aim> aim() {
        return aim;
    }

    StringProperty filter() {
        return filter;
    }

    /** Whether nodes that hold the model ask for it again. */
    BooleanProperty again() {
        return again;
    }

    /** Whether nodes that cannot take it now get it when they can. */
    BooleanProperty queue() {
        return queue;
    }

    ReadOnlyObjectProperty<Preview> preview() {
        return preview.getReadOnlyProperty();
    }

    /** What the preview comes to, in words. */
    PreviewWords words() {
        return words;
    }

    /** Whether it can be sent. */
    ReadOnlyBooleanProperty ready() {
        return ready.getReadOnlyProperty();
    }

    void catalog(@Nullable AvailableModels answered) {
        catalog = answered;
        know();
    }

    void onFleet(FleetState now) {
        if (now.equals(fleet)) {
            return;
        }
        boolean otherModels = !now.models().equals(fleet.models());
        fleet = now;
        if (otherModels) {
            know();
        } else {
            look();
        }
    }

    private void know() {
        known = KnownModels.of(catalog, fleet);
        suggest();
        look();
    }

    private void read(String text) {
        name = null;
        error.set("");
        try {
            if (!text.isBlank()) {
                name = ModelName.parse(text.strip());
            }
        } catch (FleetException e) {
            error.set(e.text(context.messages().locale()));
        }
        suggest();
        look();
    }

    private void suggest() {
        List<KnownModels.Known> next = known.matching(model.get(), SUGGESTED);
        boolean chosen = next.size() == 1 && next.getFirst().name().toString().equals(model.get());
        suggestions.set(chosen ? List.of() : next);
    }

    private void look() {
        ModelName wanted = name;
        Preview next = Preview.NOTHING;
        if (wanted != null) {
            next =
                    Preview.of(
                            fleet,
                            new Wish(
                                    wanted, known.size(wanted), meant(), again.get(), queue.get()));
        }
        if (!next.equals(preview.get())) {
            preview.set(next);
        }
        words.say(wanted == null ? null : known.get(wanted), wanted != null, next);
        ready.set(next.getting() > 0);
    }

    private Predicate<Agent> meant() {
        return switch (aim.get()) {
            case ALL -> node -> true;
            case SELECTED -> {
                Set<UUID> ids = Set.copyOf(selected);
                yield node -> ids.contains(node.id());
            }
            case FILTER -> NodeFilter.parse(filter.get());
        };
    }

    /** What would be sent; absent while there is nothing to send. */
    @Nullable DistributeRequest request() {
        ModelName wanted = name;
        List<UUID> receivers = preview.get().receivers();
        if (wanted == null || receivers.isEmpty()) {
            return null;
        }
        // To all, the coordinator knows best who they are; a selection is sent as it was shown.
        boolean all = aim.get() == Aim.ALL;
        return new DistributeRequest(
                wanted,
                all ? Target.ALL : Target.SPECIFIC,
                all ? null : receivers,
                queue.get() ? OnUnavailable.QUEUE : null,
                again.get() ? null : IfInstalled.SKIP);
    }
}
