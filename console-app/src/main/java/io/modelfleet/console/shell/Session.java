package io.modelfleet.console.shell;

import io.modelfleet.console.client.ConnectionState;
import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.FleetClient;
import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.client.Poller;
import io.modelfleet.console.outcome.OutcomeNotices;
import io.modelfleet.console.page.Page;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.support.Threads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** One connected fleet: its client, its poller and its pages. */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final FleetClient client;
    private final Poller poller;
    private final Map<PageId, Page> pages;
    private final OutcomeNotices notices;
    private final Consumer<ConnectionState> link;
    private FleetState fleet = FleetState.EMPTY;
    private boolean closed;

    /** Makes a page's context from what only a session has. */
    interface Contexts {
        PageContext of(FleetApi api, Session session);
    }

    /**
     * @param link hears of the connection, on the JavaFX thread
     */
    Session(
            Connection connection,
            Duration interval,
            Threads threads,
            InstantSource clock,
            Messages messages,
            Contexts contexts,
            Function<PageContext, Map<PageId, Page>> pages,
            Consumer<ConnectionState> link) {
        this.connection = connection;
        this.link = link;
        this.client = new FleetClient(connection.address(), connection.token(), messages::locale);
        this.poller = new Poller(client, interval, clock, new FleetFeed(threads, this::polled));
        PageContext context = contexts.of(client, this);
        this.pages = pages.apply(context);
        this.notices = new OutcomeNotices(context);
    }

    void start() {
        poller.start();
    }

    Connection connection() {
        return connection;
    }

    Map<PageId, Page> pages() {
        return pages;
    }

    FleetState fleet() {
        return fleet;
    }

    void pollNow() {
        poller.pollNow();
    }

    void interval(Duration next) {
        poller.interval(next);
    }

    private void polled(FleetState now, ConnectionState state) {
        if (closed) {
            return;
        }
        if (!now.equals(fleet)) {
            fleet = now;
            pages.values().forEach(page -> page.onFleet(now));
            notices.onFleet(now);
        }
        link.accept(state);
    }

    @Override
    public void close() {
        closed = true;
        poller.close();
        client.close();
    }
}
