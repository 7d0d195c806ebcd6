package io.modelfleet.console.shell;

import io.modelfleet.console.client.ConnectionState;
import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.client.Poller;
import io.modelfleet.console.support.Threads;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was polled to the JavaFX thread. When that is slower than the poller, it sees the
 * newest state only, and nothing piles up.
 */
final class FleetFeed implements Poller.Listener {
    private final Threads threads;
    private final Poller.Listener shown;
    private final AtomicReference<@Nullable Polled> waiting = new AtomicReference<>();

    private record Polled(FleetState fleet, ConnectionState connection) {}

    /**
     * @param shown is called on the JavaFX thread
     */
    FleetFeed(Threads threads, Poller.Listener shown) {
        this.threads = threads;
        this.shown = shown;
    }

    @Override
    public void polled(FleetState fleet, ConnectionState connection) {
        if (waiting.getAndSet(new Polled(fleet, connection)) == null) {
            threads.show(this::deliver);
        }
    }

    private void deliver() {
        Polled newest = waiting.getAndSet(null);
        if (newest != null) {
            shown.polled(newest.fleet(), newest.connection());
        }
    }
}
