package io.modelfleet.simulator.wire;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Faults on command for a stand-in that runs as its own process, on the port that it serves.
 *
 * <p>{@code GET /_control} tells its figures. {@code POST /_control} takes one of
 *
 * <ul>
 *   <li>{@code {"fault":"refuse","millis":5000}}: nothing listens, for so long (default 5 s)
 *   <li>{@code {"fault":"stall"}}: connections are accepted, nothing is sent
 *   <li>{@code {"fault":"slow","millis":2000}}: every answer waits (default 1 s)
 *   <li>{@code {"fault":"cut","count":1,"bytes":1000000}}: the next {@code count} streams break off
 *       after {@code bytes} (defaults 1 and 0)
 *   <li>{@code {"fault":"fail","count":3,"status":503}}: the next {@code count} requests get that
 *       status (defaults 1 and 503)
 *   <li>{@code {"fault":"corrupt","digest":"sha256:…"}}: that blob has one wrong byte (registry)
 *   <li>{@code {"fault":"none"}}: all of these are over
 *   <li>{@code {"bandwidth":5000000}}: another bandwidth in bytes per second, by itself or with a
 *       fault
 * </ul>
 *
 * and answers 204, or 400 for an order that it does not know.
 */
public final class ControlRoute {
    static final String PATH = "/_control";

    private final Listener listener;
    private final Faults faults;
    private final Throttle throttle;
    private final Map<String, Consumer<FaultOrder>> more;
    private final Supplier<Map<String, Object>> figures;

    /**
     * @param more orders that only this server knows, by the order's word; its {@code none} runs
     *     beside the common one
     */
    public ControlRoute(
            Listener listener,
            Faults faults,
            Throttle throttle,
            Map<String, Consumer<FaultOrder>> more,
            Supplier<Map<String, Object>> figures) {
        this.listener = listener;
        this.faults = faults;
        this.throttle = throttle;
        this.more = Map.copyOf(more);
        this.figures = figures;
    }

    /** Adds the two routes. */
    public void register(HttpRouting.Builder routing) {
        routing.get(PATH, this::tell).post(PATH, this::order);
    }

    private void tell(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(Json.write(figures.get()));
    }

    private void order(ServerRequest request, ServerResponse response) {
        FaultOrder order;
        try {
            order = Json.read(request.content().as(byte[].class), FaultOrder.class);
        } catch (FleetException e) {
            response.status(Status.BAD_REQUEST_400).send("not an order");
            return;
        }
        if (!obey(order)) {
            response.status(Status.BAD_REQUEST_400).send("unknown fault");
            return;
        }
        response.status(Status.NO_CONTENT_204).send();
        if ("refuse".equals(order.fault())) {
            // From another thread: the server waits for this one when it stops.
            Thread.ofVirtual().name("refuse").start(() -> refuse(order.millisOr(5_000)));
        }
    }

    private boolean obey(FaultOrder order) {
        if (order.bandwidth() != null) {
            throttle.rate(order.bandwidth());
        }
        if (order.fault() == null) {
            return order.bandwidth() != null;
        }
        Consumer<FaultOrder> own = more.get(order.fault());
        if (own != null) {
            own.accept(order);
        }
        switch (order.fault()) {
            case "refuse" -> {}
            case "stall" -> faults.stall();
            case "slow" -> faults.slow(Duration.ofMillis(order.millisOr(1_000)));
            case "cut" -> faults.cut(order.countOr(1), order.bytesOr(0));
            case "fail" -> faults.fail(order.countOr(1), order.statusOr(503));
            case "none" -> faults.clear();
            default -> {
                return own != null;
            }
        }
        return true;
    }

    private void refuse(long millis) {
        listener.refuse();
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.accept();
    }
}
