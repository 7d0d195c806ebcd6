package io.modelfleet.simulator.demo;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.service.Answer;
import io.modelfleet.service.Call;
import io.modelfleet.service.JsonServer;
import io.modelfleet.service.Route;
import io.modelfleet.simulator.fleet.SimulatedNode;
import java.util.List;
import java.util.Map;

/**
 * Switches for what happens to machines in life: {@code POST /nodes/{name}/stop} and {@code
 * /start}.
 */
final class DemoControl implements AutoCloseable {
    private static final int MAX_BODY = 1024;

    private final List<SimulatedNode> nodes;
    private final JsonServer server;

    DemoControl(List<SimulatedNode> nodes) {
        this.nodes = List.copyOf(nodes);
        this.server =
                new JsonServer(
                        "127.0.0.1",
                        0,
                        MAX_BODY,
                        List.of(
                                Route.post("/nodes/{name}/stop", this::stop),
                                Route.post("/nodes/{name}/start", this::start)));
    }

    void start() {
        server.start();
    }

    int port() {
        return server.port();
    }

    private Answer stop(Call call) {
        node(call).stopAgent();
        return Answer.ok(Map.of("stopped", call.path("name")));
    }

    private Answer start(Call call) {
        node(call).startAgent();
        return Answer.ok(Map.of("started", call.path("name")));
    }

    private SimulatedNode node(Call call) {
        String name = call.path("name");
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> FleetException.of(ErrorCode.NOT_FOUND, name));
    }

    @Override
    public void close() {
        server.close();
    }
}
