package io.modelfleet.simulator.ollama;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.wire.ControlRoute;
import io.modelfleet.simulator.wire.FaultOrder;
import io.modelfleet.simulator.wire.Faults;
import io.modelfleet.simulator.wire.Listener;
import io.modelfleet.simulator.wire.Throttle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Behaves as Ollama does, on 127.0.0.1, with its files in a folder: another stand-in on the same
 * folder finds the installed models and goes on with unfinished downloads. One object is one
 * process: it starts once and ends once.
 */
public final class OllamaStandIn implements AutoCloseable {
    private final Disk disk;
    private final ModelStore store;
    private final ModelViews views;
    private final Throttle throttle;
    private final Faults faults = new Faults();
    private final Halt halt = new Halt();
    private final RegistryClient registry;
    private final Downloads downloads;
    private final PullRoute pull;
    private final Listener listener;

    public OllamaStandIn(OllamaSettings settings) {
        this(settings, InstantSource.system());
    }

    /**
     * @param clock decides when a loaded model leaves memory
     */
    public OllamaStandIn(OllamaSettings settings, InstantSource clock) {
        disk = new Disk(settings.disk());
        store = new ModelStore(settings.directory(), disk);
        views = new ModelViews(store, clock);
        throttle = new Throttle(settings.bandwidth());
        registry = new RegistryClient(settings.registry());
        downloads =
                new Downloads(
                        store,
                        new PartTransfer.Node(registry, throttle, disk, settings.timing(), halt));
        Throttle verification = new Throttle(settings.timing().verifyRate());
        pull = new PullRoute(new PullSequence(store, downloads, registry, verification), faults);
        OllamaRoutes routes = new OllamaRoutes(store, views, pull, faults);
        listener =
                new Listener(
                        routing -> {
                            control().register(routing);
                            routes.register(routing);
                        });
    }

    private ControlRoute control() {
        Map<String, Consumer<FaultOrder>> more = Map.of();
        return new ControlRoute(listener, faults, throttle, more, this::figures);
    }

    /**
     * Opens the store and starts to listen.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port is taken or the folder cannot be used
     */
    public void start(int port) {
        try {
            store.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.start(port);
    }

    /** {@code http://127.0.0.1:<port>}, without a slash at the end. */
    public URI url() {
        return listener.url();
    }

    /** The installed models' names, newest first. */
    public List<ModelName> models() {
        try {
            return store.models().stream().map(StoredModel::name).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows the model in {@code /api/ps} for five minutes. */
    public void load(ModelName name) {
        views.load(name);
    }

    public void unload(ModelName name) {
        views.unload(name);
    }

    /** Bytes left on the simulated disk. */
    public long freeDisk() {
        return disk.free();
    }

    /** Bytes of the simulated disk. */
    public long totalDisk() {
        return disk.total();
    }

    /**
     * Changes this node's download bandwidth, at any time.
     *
     * @param bytesPerSecond more than 0, or {@link Throttle#UNLIMITED}
     */
    public void bandwidth(long bytesPerSecond) {
        throttle.rate(bytesPerSecond);
    }

    /** Stall, slow, cut and errors of Ollama's own API; the registry has its own. */
    public Faults faults() {
        return faults;
    }

    /** Stops listening and drops its clients: connections are refused until {@link #accept}. */
    public void refuse() {
        listener.refuse();
    }

    /** Listens again on the same port. */
    public void accept() {
        listener.accept();
    }

    /** A polite stop: downloads are recorded as far as they came. */
    @Override
    public void close() {
        end(false);
    }

    /** A hard kill: connections drop, and parts under way lose what they received. */
    public void kill() {
        end(true);
    }

    private void end(boolean hard) {
        halt.now(hard);
        listener.close();
        faults.clear();
        try {
            downloads.stop();
            pull.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registry.close();
    }

    private Map<String, Object> figures() {
        return Map.of("disk_free", freeDisk(), "disk_total", totalDisk());
    }
}
