package io.modelfleet.simulator.bench;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.DistributeRequest;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.TaskAccepted;
import io.modelfleet.protocol.TaskOrder;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * One coordinator under {@value #AGENTS} agents: heartbeats every 5 s, {@value #DOWNLOADS} running
 * downloads that report every second, a console that polls, a client that lists; then one model to
 * all at once.
 */
public final class FleetBench {
    private static final int AGENTS = 1000;
    private static final int DOWNLOADS = 100;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration ALL_HAVE_IT = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long MODEL_SIZE = 1_000_000;
    private static final long MEBIBYTE = 1L << 20;

    private final JsonClient client = new JsonClient(Duration.ofSeconds(5));
    private final Latencies heartbeats = new Latencies("POST /api/health", client);
    private final Latencies reports = new Latencies("POST .../progress", client);
    private final Latencies changes = new Latencies("GET /api/changes", client);
    private final Latencies lists = new Latencies("GET /api/agents", client);
    private final Set<UUID> received = ConcurrentHashMap.newKeySet();
    private final AtomicInteger falseOfflines = new AtomicInteger();
    private final AtomicLong version = new AtomicLong();
    private final List<Future<?>> beats = new ArrayList<>();
    private final URI url;
    private final CoordinatorProcess process;

    private FleetBench(CoordinatorProcess process) {
        this.process = process;
        this.url = process.url();
    }

    /**
     * @param arguments the coordinator's jar
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("modelfleet-bench-");
        try (RegistryStandIn registry = new RegistryStandIn()) {
            registry.addModel(ModelName.parse("llama3.2:1b"), MODEL_SIZE);
            registry.addModel(ModelName.parse("mistral:7b"), MODEL_SIZE);
            registry.start(0);
            Path log = folder.resolve("coordinator.log");
            try (CoordinatorProcess process =
                    CoordinatorProcess.start(
                            Path.of(arguments[0]), folder.resolve("data"), registry.url(), log)) {
                new FleetBench(process).run();
            }
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        JsonServer server =
                new JsonServer(
                        "127.0.0.1",
                        0,
                        1 << 16,
                        List.of(Route.post("/pull", call -> accept(call.body(TaskOrder.class)))));
        server.start();
        List<LightAgent> agents =
                IntStream.range(0, AGENTS)
                        .mapToObj(n -> new LightAgent(n, url, server.port()))
                        .toList();
        long start = System.nanoTime();
        agents.forEach(agent -> agent.register(client));
        System.out.printf("registered %d agents in %d ms%n", AGENTS, millisSince(start));
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        startDownloads(agents.subList(0, DOWNLOADS));
        schedule(clock, agents);
        Thread.sleep(WARM_UP);
        measure();
        distributeToAll();
        beats.forEach(beat -> beat.cancel(true));
        clock.shutdownNow();
        server.close();
    }

    private Answer accept(TaskOrder order) {
        received.add(order.taskId());
        return Answer.accepted(new TaskAccepted("pull accepted", order.model(), order.taskId()));
    }

    private void startDownloads(List<LightAgent> agents) {
        for (LightAgent agent : agents) {
            DistributeReply reply =
                    distribute(
                            "llama3.2:1b", DistributeRequest.Target.SPECIFIC, List.of(agent.id()));
            agent.downloads(reply.taskIds().getFirst());
        }
    }

    private DistributeReply distribute(
            String model, DistributeRequest.Target target, List<UUID> ids) {
        Reply reply =
                client.post(
                        url.resolve("/api/models/distribute"),
                        new DistributeRequest(ModelName.parse(model), target, ids, null, null),
                        LIMIT);
        if (reply instanceof Reply.Ok ok) {
            return Json.read(ok.body(), DistributeReply.class);
        }
        throw new IllegalStateException("distribution failed: " + reply);
    }

    /**
     * Spreads the agents' beats evenly, as they are in life; every call has a virtual thread of its
     * own.
     */
    private void schedule(ScheduledExecutorService clock, List<LightAgent> agents) {
        for (int i = 0; i < agents.size(); i++) {
            LightAgent agent = agents.get(i);
            every(
                    clock,
                    HEARTBEAT,
                    HEARTBEAT.toNanos() * i / AGENTS,
                    () -> agent.heartbeat(heartbeats));
            if (i < DOWNLOADS) {
                long second = Duration.ofSeconds(1).toNanos();
                every(
                        clock,
                        Duration.ofSeconds(1),
                        second * i / DOWNLOADS,
                        () -> agent.report(reports));
            }
        }
        every(clock, Duration.ofSeconds(1), 0, this::poll);
        every(clock, Duration.ofSeconds(1), Duration.ofMillis(500).toNanos(), this::list);
    }

    private void every(ScheduledExecutorService clock, Duration period, long delay, Runnable call) {
        beats.add(
                clock.scheduleAtFixedRate(
                        () -> Thread.ofVirtual().start(call),
                        delay,
                        period.toNanos(),
                        TimeUnit.NANOSECONDS));
    }

    private void poll() {
        if (changes.get(url.resolve("/api/changes?since=" + version.get()))
                instanceof Reply.Ok ok) {
            Changes delta = Json.read(ok.body(), Changes.class);
            version.set(delta.version());
            countOffline(delta.agents());
        }
    }

    private void list() {
        if (lists.get(url.resolve("/api/agents")) instanceof Reply.Ok ok) {
            countOffline(List.of(Json.read(ok.body(), Agent[].class)));
        }
    }

    private void countOffline(List<Agent> agents) {
        falseOfflines.addAndGet(
                (int) agents.stream().filter(agent -> agent.status() == Presence.OFFLINE).count());
    }

    private void measure() throws IOException, InterruptedException {
        List<Latencies> all = List.of(heartbeats, reports, changes, lists);
        all.forEach(Latencies::reset);
        Duration cpuBefore = process.cpu();
        long start = System.nanoTime();
        Thread.sleep(MEASURED);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        Duration cpu = process.cpu().minus(cpuBefore);
        System.out.printf(
                "measured over %d s, %d agents, %d downloads%n",
                elapsed.toSeconds(), AGENTS, DOWNLOADS);
        for (Latencies calls : all) {
            System.out.println("  " + calls.report(elapsed));
        }
        System.out.printf("  false offlines         %8d%n", falseOfflines.get());
        System.out.printf(
                "  coordinator            RSS %d MiB now, %d MiB at its highest; %.1f s of processor time (%.0f %% of one core)%n",
                process.memory("VmRSS") / MEBIBYTE,
                process.memory("VmHWM") / MEBIBYTE,
                cpu.toMillis() / 1000.0,
                100.0 * cpu.toMillis() / elapsed.toMillis());
    }

    private void distributeToAll() throws InterruptedException {
        long start = System.nanoTime();
        List<UUID> tasks =
                new ArrayList<>(
                        distribute("mistral:7b", DistributeRequest.Target.ALL, List.of())
                                .taskIds());
        long answered = millisSince(start);
        while (!received.containsAll(tasks) && millisSince(start) < ALL_HAVE_IT.toMillis()) {
            Thread.sleep(5);
        }
        System.out.printf(
                "one model to all: %d tasks, answered after %d ms, the last agent had its task after %d ms%s%n",
                tasks.size(),
                answered,
                millisSince(start),
                received.containsAll(tasks) ? "" : " (NOT ALL)");
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
