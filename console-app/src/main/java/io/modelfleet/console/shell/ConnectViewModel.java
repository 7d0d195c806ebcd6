package io.modelfleet.console.shell;

import io.modelfleet.console.client.FleetClient;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.client.TaskQuery;
import io.modelfleet.console.page.Failures;
import io.modelfleet.console.support.Address;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.support.Threads;
import io.modelfleet.protocol.TaskPage;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The first question: which fleet? Saves nothing until a coordinator has answered. */
final class ConnectViewModel {
    /** The cheapest question that proves a coordinator, and that the token is right. */
    private static final TaskQuery PROOF = new TaskQuery(null, null, null, 1, null);

    private final Threads threads;
    private final Messages messages;
    private final Consumer<Connection> connected;
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty token = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");

    /**
     * @param connected is given a connection that works
     */
    ConnectViewModel(Threads threads, Messages messages, Consumer<Connection> connected) {
        this.threads = threads;
        this.messages = messages;
        this.connected = connected;
        address.addListener((all, old, now) -> error.set(""));
    }

    StringProperty address() {
        return address;
    }

    StringProperty token() {
        return token;
    }

    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** What is wrong, empty while nothing is. */
    ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    void connect() {
        if (busy.get()) {
            return;
        }
        Optional<URI> uri = Address.parse(address.get());
        if (uri.isEmpty()) {
            error.set(messages.text("cause." + Reply.Cause.BAD_ADDRESS));
            return;
        }
        String typed = token.get().strip();
        Connection wanted =
                new Connection(Address.name(uri.get()), uri.get(), typed.isEmpty() ? null : typed);
        busy.set(true);
        error.set("");
        threads.call(() -> prove(wanted), reply -> proved(wanted, reply));
    }

    private Reply<TaskPage> prove(Connection wanted) {
        try (FleetClient client =
                new FleetClient(wanted.address(), wanted.token(), messages::locale)) {
            return client.tasks(PROOF);
        }
    }

    private void proved(Connection wanted, Reply<TaskPage> reply) {
        busy.set(false);
        if (reply instanceof Reply.Ok<TaskPage>) {
            connected.accept(wanted);
        } else {
            error.set(Failures.text(reply, messages));
        }
    }
}
