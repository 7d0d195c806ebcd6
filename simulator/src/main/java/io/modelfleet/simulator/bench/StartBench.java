package io.modelfleet.simulator.bench;

import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OnUnavailable;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.TaskAccepted;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.Answer;
import io.modelfleet.service.JsonClient;
import io.modelfleet.service.JsonServer;
import io.modelfleet.service.Reply;
import io.modelfleet.service.Route;
import io.modelfleet.simulator.registry.RegistryStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * How long a coordinator takes to come back after a hard kill, with {@value #NODES} nodes and
 * {@value #TASKS} finished tasks in its database: from the start of the process to the first answer
 * to {@code GET /api/agents}.
 */
public final class StartBench {
    private static final int NODES = 1_000;
    private static final int TASKS = 10_000;
    private static final int STARTS = 7;
    private static final long MODEL_SIZE = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JsonClient client = new JsonClient(Duration.ofSeconds(5));
    private final Path jar;
    private final Path folder;
    private final URI registry;

    private StartBench(Path jar, Path folder, URI registry) {
        this.jar = jar;
        this.folder = folder;
        this.registry = registry;
    }

    /**
     * @param arguments the coordinator's jar
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("modelfleet-start-bench-");
        try (RegistryStandIn registry = new RegistryStandIn()) {
            models().forEach(model -> registry.addModel(model, MODEL_SIZE));
            registry.start(0);
            StartBench bench = new StartBench(Path.of(arguments[0]), folder, registry.url());
            bench.fill();
            bench.measure();
        }
        System.exit(0);
    }

    private static List<ModelName> models() {
        return IntStream.range(0, TASKS / NODES)
                .mapToObj(n -> ModelName.parse("bench:" + n))
                .toList();
    }

    private CoordinatorProcess start() throws IOException {
        return CoordinatorProcess.start(
                jar, folder.resolve("data"), registry, folder.resolve("coordinator.log"));
    }

    private void fill() throws IOException {
        JsonServer agents =
                new JsonServer(
                        "127.0.0.1",
                        0,
                        1 << 16,
                        List.of(Route.post("/pull", call -> accept(call.body(TaskOrder.class)))));
        agents.start();
        CoordinatorProcess process = start();
        for (int i = 0; i < NODES; i++) {
            new LightAgent(i, process.url(), agents.port()).register(client);
        }
        for (ModelName model : models()) {
            tasks(process.url(), model).parallelStream().forEach(id -> finish(process.url(), id));
        }
        process.kill();
        agents.close();
    }

    private static Answer accept(TaskOrder order) {
        return Answer.accepted(new TaskAccepted("pull accepted", order.model(), order.taskId()));
    }

    private List<UUID> tasks(URI url, ModelName model) {
        Reply reply =
                client.post(
                        url.resolve("/api/models/distribute"),
                        new DistributeRequest(
                                model,
                                DistributeRequest.Target.ALL,
                                null,
                                OnUnavailable.QUEUE,
                                null),
                        LIMIT);
        return Json.read(expect(reply).body(), DistributeReply.class).taskIds();
    }

    private void finish(URI url, UUID task) {
        expect(
                client.post(
                        url.resolve("/api/tasks/" + task + "/progress"),
                        new ProgressReport(
                                1.0,
                                null,
                                TaskStatus.COMPLETED,
                                MODEL_SIZE,
                                MODEL_SIZE,
                                null,
                                null),
                        LIMIT));
    }

    private static Reply.Ok expect(Reply reply) {
        if (reply instanceof Reply.Ok ok) {
            return ok;
        }
        throw new IllegalStateException("a call failed: " + reply);
    }

    private void measure() throws IOException {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            long start = System.nanoTime();
            CoordinatorProcess process = start();
            Reply.Ok agents = expect(client.get(process.url().resolve("/api/agents"), LIMIT));
            millis.add((System.nanoTime() - start) / 1_000_000);
            if (Json.mapper().readTree(agents.body()).size() != NODES) {
                throw new IllegalStateException("nodes are missing after the start");
            }
            process.kill();
        }
        Collections.sort(millis);
        System.out.printf(
                "start after a kill with %d nodes and %d finished tasks: median %d ms, from %d to %d ms (%d starts)%n",
                NODES, TASKS, millis.get(STARTS / 2), millis.getFirst(), millis.getLast(), STARTS);
    }
}
