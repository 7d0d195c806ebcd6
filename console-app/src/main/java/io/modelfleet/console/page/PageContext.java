package io.modelfleet.console.page;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.control.Tokens;
import io.modelfleet.console.support.Formats;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.support.Preferences;
import io.modelfleet.console.support.Threads;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;

/**
 * What a page is handed. Its view-model takes from it what it needs.
 *
 * @param fleet the newest state, for a dialog that opens between two polls
 * @param tokens colours of the theme that is shown now, for what is painted
 * @param pollNow asks the coordinator at once, after an act whose effect should be seen
 */
public record PageContext(
        FleetApi api,
        Supplier<FleetState> fleet,
        Runnable pollNow,
        Threads threads,
        Messages messages,
        Formats formats,
        Preferences preferences,
        InstantSource clock,
        Navigator navigator,
        Notifier notifier,
        Dialogs dialogs,
        Distribution distribution,
        ObservableValue<Tokens> tokens) {

    /**
     * Calls the coordinator in the background. What it did is handed on, on the JavaFX thread; what
     * it refused is shown to the operator in its own words, with what to do about it.
     */
    public <T> void call(Function<FleetApi, Reply<T>> call, Consumer<? super T> done) {
        threads.call(
                () -> call.apply(api),
                reply -> {
                    switch (reply) {
                        case Reply.Ok<T> ok -> {
                            done.accept(ok.value());
                            pollNow.run();
                        }
                        case Reply.Refused<T> no -> notifier.failure(Refusals.text(no, messages));
                        case Reply.Unreachable<T> gone ->
                                notifier.failure(messages.text("cause." + gone.cause()));
                    }
                });
    }

    public String text(String key, Object... arguments) {
        return messages.text(key, arguments);
    }
}
