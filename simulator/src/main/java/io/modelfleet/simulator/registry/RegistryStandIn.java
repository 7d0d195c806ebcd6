package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.wire.ControlRoute;
import io.modelfleet.simulator.wire.FaultOrder;
import io.modelfleet.simulator.wire.Faults;
import io.modelfleet.simulator.wire.Listener;
import io.modelfleet.simulator.wire.Throttle;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model registry on 127.0.0.1 as Ollama pulls from: manifests, blobs behind a 307 to another host
 * name, ranges. Its bytes are generated but real, and so are their digests.
 */
public final class RegistryStandIn implements AutoCloseable {
    private final Shelf shelf = new Shelf();
    private final Traffic traffic = new Traffic();
    private final Throttle throttle = new Throttle(Throttle.UNLIMITED);
    private final Faults faults = new Faults();
    private final Listener listener;

    /** A registry without models that does not listen yet. */
    public RegistryStandIn() {
        RegistryRoutes routes = new RegistryRoutes(shelf, traffic, throttle, faults);
        listener =
                new Listener(
                        routing -> {
                            control().register(routing);
                            routes.register(routing);
                        });
    }

    private ControlRoute control() {
        Map<String, Consumer<FaultOrder>> more =
                Map.of("corrupt", this::corruptOrdered, "none", order -> shelf.repairAll());
        return new ControlRoute(listener, faults, throttle, more, this::figures);
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public void start(int port) {
        listener.start(port);
    }

    /** {@code http://127.0.0.1:<port>}, without a slash at the end. */
    public URI url() {
        return listener.url();
    }

    /**
     * A name under which an Ollama reaches a model here directly, as it would a mirror: {@code
     * 127.0.0.1:<port>/library/demo:4m}. A pull of it needs {@code "insecure":true}.
     */
    public ModelName direct(ModelName name) {
        String host = url().getAuthority();
        return ModelName.parse(
                host + "/" + name.namespace() + "/" + name.model() + ":" + name.tag());
    }

    /**
     * Offers a model; the host in its name plays no part.
     *
     * @param size bytes of all its blobs, at least {@value ModelSpec#LEAST_SIZE}
     */
    public Manifest addModel(ModelName name, long size) {
        return addModel(ModelSpec.of(name, size));
    }

    /** As {@link #addModel(ModelName, long)}, with the details that Ollama shows. */
    public Manifest addModel(ModelSpec spec) {
        return shelf.put(ModelVersion.of(spec, 1)).manifest();
    }

    /**
     * Gives the name a new version: other weights of the same size and another configuration, the
     * small blobs stay.
     *
     * @throws IllegalArgumentException when there is no such model
     */
    public Manifest updateModel(ModelName name) {
        ModelVersion old = shelf.expect(name);
        return shelf.put(old.next(old.spec().size())).manifest();
    }

    /** The current version. */
    public Manifest manifest(ModelName name) {
        return shelf.expect(name).manifest();
    }

    /** The weights of the current version: the model's one big blob. */
    public Blob weights(ModelName name) {
        return manifest(name).blobs().getFirst();
    }

    /** Withdraws a model; its blobs stay, as in a real registry. */
    public void removeModel(ModelName name) {
        shelf.remove(name);
    }

    /** Serves this blob with one wrong byte until {@link #repair}. */
    public void corrupt(Digest blob) {
        shelf.corrupt(blob);
    }

    public void repair(Digest blob) {
        shelf.repair(blob);
    }

    /**
     * Limits the whole registry, at any time.
     *
     * @param bytesPerSecond more than 0, or {@link Throttle#UNLIMITED}
     */
    public void bandwidth(long bytesPerSecond) {
        throttle.rate(bytesPerSecond);
    }

    /** Stall, slow, cut and errors. */
    public Faults faults() {
        return faults;
    }

    /** Stops listening: connections are refused until {@link #accept}. */
    public void refuse() {
        listener.refuse();
    }

    /** Listens again on the same port. */
    public void accept() {
        listener.accept();
    }

    /** Bytes of blobs sent so far. */
    public long bytesServed() {
        return traffic.bytes();
    }

    /** Bytes of this blob sent so far. */
    public long bytesServed(Digest blob) {
        return traffic.bytes(blob);
    }

    /** How often bytes of this blob were asked for (ranges count one by one, HEAD does not). */
    public int requests(Digest blob) {
        return traffic.requests(blob);
    }

    /** How often any manifest was asked for. */
    public int manifestRequests() {
        return traffic.manifests();
    }

    @Override
    public void close() {
        faults.clear();
        listener.close();
    }

    private void corruptOrdered(FaultOrder order) {
        if (order.digest() != null) {
            shelf.corrupt(order.digest());
        }
    }

    private Map<String, Object> figures() {
        return Map.of(
                "bytes_served", bytesServed(),
                "manifest_requests", manifestRequests(),
                "requests", traffic.requestsByBlob());
    }
}
