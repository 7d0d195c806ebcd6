package io.modelfleet.console.catalog;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.protocol.AvailableModels;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** The coordinator's list of models, fetched again from time to time. */
final class AvailableList {
    private static final Duration FRESH_FOR = Duration.ofMinutes(5);

    private final PageContext context;
    private final Runnable changed;
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper source = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private @Nullable AvailableModels models;
    private @Nullable Instant fetched;
    private @Nullable Instant asked;
    private @Nullable Reply<AvailableModels> failure;

    /**
     * @param changed hears of every new list
     */
    AvailableList(PageContext context, Runnable changed) {
        this.context = context;
        this.changed = changed;
    }

    /** The last list that came; absent before the first. */
    @Nullable AvailableModels models() {
        return models;
    }

    ReadOnlyBooleanProperty loading() {
        return loading.getReadOnlyProperty();
    }

    /** Where the list comes from and how old it is, in words. */
    ReadOnlyStringProperty source() {
        return source.getReadOnlyProperty();
    }

    /** Why there is no newer list, in words; empty when the last call went well. */
    ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** Fetches the list, unless that is under way. */
    void refresh() {
        if (loading.get()) {
            return;
        }
        loading.set(true);
        asked = context.clock().instant();
        say();
        FleetApi api = context.api();
        context.threads().call(api::availableModels, this::came);
    }

    private void came(Reply<AvailableModels> reply) {
        loading.set(false);
        if (reply instanceof Reply.Ok<AvailableModels> ok) {
            models = ok.value();
            fetched = context.clock().instant();
            failure = null;
            changed.run();
        } else {
            failure = reply;
        }
        say();
    }

    /** A second has passed while the page is shown. */
    void onTick(Instant now) {
        say();
        if (asked != null && !asked.plus(FRESH_FOR).isAfter(now)) {
            refresh();
        }
    }

    void say() {
        source.set(sourceText());
        problem.set(failure == null ? "" : context.text("catalog.stale", reason(failure)));
    }

    private String sourceText() {
        AvailableModels now = models;
        if (now == null) {
            return loading.get() ? context.text("catalog.loading") : "";
        }
        String age = context.formats().age(fetched, context.clock().instant());
        return switch (now.source()) {
            case OLLAMA_LIBRARY -> context.text("catalog.from.library", age);
            case AGENTS -> context.text("catalog.from.nodes", age);
        };
    }

    private String reason(Reply<AvailableModels> reply) {
        return switch (reply) {
            case Reply.Ok<AvailableModels> ok -> "";
            case Reply.Refused<AvailableModels> no -> no.text();
            case Reply.Unreachable<AvailableModels> gone -> context.text("cause." + gone.cause());
        };
    }
}
