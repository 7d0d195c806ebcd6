package io.modelfleet.console.settings;

import io.modelfleet.console.client.FleetClient;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.client.TaskQuery;
import io.modelfleet.console.page.Failures;
import io.modelfleet.console.support.Address;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.Threads;
import io.modelfleet.protocol.TaskPage;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** A connection while it is typed: added or changed, and tried out. */
final class ConnectionForm {
    /** The cheapest question that proves a coordinator, and that the token is right. */
    private static final TaskQuery PROOF = new TaskQuery(null, null, null, 1, null);

    private final Threads threads;
    private final Messages messages;
    private final Supplier<Settings> settings;
    private final @Nullable Connection before;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty token = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Trial> trial = new ReadOnlyObjectWrapper<>(Trial.NONE);
    private int tried;

    /**
     * What a test of the connection has shown.
     *
     * @param text for the operator; empty before there was a test
     */
    record Trial(Result result, String text) {
        static final Trial NONE = new Trial(Result.NONE, "");

        enum Result {
            NONE,
            RUNNING,
            GOOD,
            BAD
        }
    }

    /**
     * @param before what is changed; absent adds a new one
     */
    ConnectionForm(
            Threads threads,
            Messages messages,
            Supplier<Settings> settings,
            @Nullable Connection before) {
        this.threads = threads;
        this.messages = messages;
        this.settings = settings;
        this.before = before;
        if (before != null) {
            name.set(before.name());
            address.set(before.address().toString());
            token.set(before.token() == null ? "" : before.token());
        }
        name.subscribe((old, now) -> error.set(""));
        address.subscribe((old, now) -> changed());
        token.subscribe((old, now) -> changed());
    }

    StringProperty name() {
        return name;
    }

    StringProperty address() {
        return address;
    }

    StringProperty token() {
        return token;
    }

    /** What is wrong with what was typed, empty while nothing is. */
    ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Trial> trial() {
        return trial.getReadOnlyProperty();
    }

    boolean isNew() {
        return before == null;
    }

    /** What was true of another address or token is not true of this one. */
    private void changed() {
        error.set("");
        tried++;
        trial.set(Trial.NONE);
    }

    /** Asks the coordinator, without saving anything. */
    void test() {
        Optional<Connection> typed = typed();
        if (typed.isEmpty()) {
            return;
        }
        int number = ++tried;
        trial.set(new Trial(Trial.Result.RUNNING, messages.text("settings.test.running")));
        threads.call(() -> ask(typed.get()), reply -> answered(number, reply));
    }

    private Reply<TaskPage> ask(Connection connection) {
        try (FleetClient client =
                new FleetClient(connection.address(), connection.token(), messages::locale)) {
            return client.tasks(PROOF);
        }
    }

    private void answered(int number, Reply<TaskPage> reply) {
        if (number != tried) {
            return;
        }
        trial.set(
                reply instanceof Reply.Ok<TaskPage>
                        ? new Trial(Trial.Result.GOOD, messages.text("settings.test.good"))
                        : new Trial(Trial.Result.BAD, Failures.text(reply, messages)));
    }

    /**
     * Puts the connection into the settings, in its old place where it had one.
     *
     * @return empty when something is wrong with it, which {@link #error} says then
     */
    Optional<Settings> save() {
        Optional<Connection> typed = typed();
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        Settings now = settings.get();
        String taken = typed.get().name();
        if (now.connections().stream()
                .anyMatch(other -> other.name().equals(taken) && !isBefore(other))) {
            error.set(messages.text("settings.name.taken", taken));
            return Optional.empty();
        }
        return Optional.of(Connections.put(now, before, typed.get()));
    }

    private boolean isBefore(Connection other) {
        return before != null && other.name().equals(before.name());
    }

    private Optional<Connection> typed() {
        Optional<URI> uri = Address.parse(address.get());
        if (uri.isEmpty()) {
            error.set(messages.text("cause." + Reply.Cause.BAD_ADDRESS));
            return Optional.empty();
        }
        String named = name.get().strip();
        String secret = token.get().strip();
        return Optional.of(
                new Connection(
                        named.isEmpty() ? Address.name(uri.get()) : named,
                        uri.get(),
                        secret.isEmpty() ? null : secret));
    }
}
