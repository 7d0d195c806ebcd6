package io.modelfleet.console.distribution;

import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import java.util.List;
import java.util.UUID;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** Which model goes where. */
final class DistributionViewModel {
    private final PageContext context;
    private final List<UUID> nodes;
    private final StringProperty model = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();

    /**
     * @param nodes empty means all of the fleet
     */
    DistributionViewModel(PageContext context, @Nullable ModelName wanted, List<UUID> nodes) {
        this.context = context;
        this.nodes = nodes;
        model.subscribe(this::validate);
        model.set(wanted == null ? "" : wanted.toString());
    }

    StringProperty model() {
        return model;
    }

    /** What is wrong with the name, empty while nothing is or nothing was typed. */
    ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    /** Whether it can be sent. */
    ReadOnlyBooleanProperty ready() {
        return ready.getReadOnlyProperty();
    }

    /** Where it goes, in words. */
    String target() {
        return nodes.isEmpty()
                ? context.text("distribution.all")
                : context.text("distribution.some", nodes.size());
    }

    private void validate(String text) {
        try {
            if (!text.isBlank()) {
                ModelName.parse(text.strip());
            }
            error.set("");
            ready.set(!text.isBlank());
        } catch (FleetException e) {
            error.set(e.text(context.messages().locale()));
            ready.set(false);
        }
    }

    void send() {
        if (!ready.get()) {
            return;
        }
        ModelName name = ModelName.parse(model.get().strip());
        DistributeRequest request =
                nodes.isEmpty()
                        ? new DistributeRequest(
                                name, DistributeRequest.Target.ALL, null, null, null)
                        : new DistributeRequest(
                                name, DistributeRequest.Target.SPECIFIC, nodes, null, null);
        context.call(api -> api.distribute(request), reply -> started(name, reply));
    }

    private void started(ModelName name, DistributeReply reply) {
        List<DistributeReply.Skipped> skipped = reply.skipped();
        context.notifier()
                .success(
                        context.text(
                                skipped == null ? "distribution.sent" : "distribution.sent.skipped",
                                name,
                                reply.taskIds().size(),
                                skipped == null ? 0 : skipped.size()));
    }
}
