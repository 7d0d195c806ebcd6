package io.modelfleet.agent.link;

import io.modelfleet.agent.ollama.OllamaClient;
import io.modelfleet.agent.ollama.OllamaWatch;
import io.modelfleet.agent.pull.Backoff;
import io.modelfleet.agent.pull.Journal;
import io.modelfleet.agent.pull.StoreSpace;
import io.modelfleet.agent.pull.TaskQueue;
import io.modelfleet.agent.pull.TaskReport;
import io.modelfleet.agent.standin.HandClock;
import io.modelfleet.agent.standin.HandWorks;
import io.modelfleet.agent.standin.StandInCoordinator;
import io.modelfleet.agent.standin.StandInOllama;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskOrder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An agent's link with all that it talks to: real sockets, and work that the test ends. */
final class LinkRig implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMillis(40);

    final StandInCoordinator coordinator;
    final StandInOllama ollama = new StandInOllama();
    final HandWorks works = new HandWorks();
    final TaskQueue queue;
    final CoordinatorClient client;
    final CoordinatorLink link;
    final ProgressReporter reporter;
    final Standing standing = new Standing();
    final HandClock wall = new HandClock();
    volatile String address = "127.0.0.1";
    volatile List<GpuDevice> devices = List.of(gpu("NVIDIA GeForce RTX 3090", 25_769_803_776L));
    private final OllamaClient ollamaClient = new OllamaClient(ollama.url());

    LinkRig(Path directory) {
        this(directory, new StandInCoordinator());
    }

    LinkRig(Path directory, StandInCoordinator coordinator) {
        this(directory, coordinator, List.of(coordinator.url()), INTERVAL);
    }

    LinkRig(Path directory, StandInCoordinator coordinator, List<URI> urls, Duration interval) {
        this(
                directory,
                coordinator,
                urls,
                interval,
                new Backoff(Duration.ofMillis(4), Duration.ofMillis(30), new Random(1)));
    }

    LinkRig(
            Path directory,
            StandInCoordinator coordinator,
            List<URI> urls,
            Duration interval,
            Backoff backoff) {
        this.coordinator = coordinator;
        InstantSource time = InstantSource.system();
        BlockingQueue<TaskReport> changes = new LinkedBlockingQueue<>();
        client = new CoordinatorClient(urls, time);
        queue = new TaskQueue(new Journal(directory, time), works, 1, changes::add, time, "rig");
        Identity identity = new Identity(directory, time);
        identity.load();
        link =
                new CoordinatorLink(
                        client,
                        standing,
                        identity,
                        () -> new NodeFacts("node-1", address, 11434, 11435, "test"),
                        new NodeSources(
                                new OllamaWatch(ollamaClient),
                                () -> new NodeFigures(devices, 1.0, 2L, 1L, 40.0, 10.0, 20.0),
                                () -> Optional.of(new StoreSpace(1000, 400))),
                        queue,
                        backoff,
                        interval,
                        time,
                        wall,
                        "rig");
        reporter =
                new ProgressReporter(
                        client,
                        standing,
                        link,
                        queue,
                        changes,
                        backoff,
                        Duration.ofMillis(50),
                        time,
                        "rig");
        queue.start();
    }

    void start() {
        link.start();
        reporter.start();
    }

    static GpuDevice gpu(String model, long memory) {
        return new GpuDevice(null, null, model, 1, memory, null, null, null, null, null);
    }

    static TaskOrder order(TaskKind kind) {
        return new TaskOrder(UUID.randomUUID(), kind, ModelName.parse("demo:40m"), null, null);
    }

    /** Ends at once, as a crash would: nothing is said to the coordinator. */
    void crash() {
        reporter.close();
        client.close();
        link.close();
        queue.close();
        ollamaClient.close();
        ollama.close();
    }

    @Override
    public void close() {
        reporter.close();
        link.close();
        queue.close();
        client.close();
        ollamaClient.close();
        ollama.close();
        coordinator.close();
    }
}
