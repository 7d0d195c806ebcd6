package io.modelfleet.agent;

import io.modelfleet.agent.http.AgentRoutes;
import io.modelfleet.agent.link.CoordinatorClient;
import io.modelfleet.agent.link.CoordinatorLink;
import io.modelfleet.agent.link.Identity;
import io.modelfleet.agent.link.NodeFacts;
import io.modelfleet.agent.link.NodeFigures;
import io.modelfleet.agent.link.NodeSources;
import io.modelfleet.agent.link.ProgressReporter;
import io.modelfleet.agent.ollama.OllamaClient;
import io.modelfleet.agent.ollama.OllamaWatch;
import io.modelfleet.agent.pull.BlobStore;
import io.modelfleet.agent.pull.Journal;
import io.modelfleet.agent.pull.OllamaWorks;
import io.modelfleet.agent.pull.StorageCheck;
import io.modelfleet.agent.pull.StoreSpace;
import io.modelfleet.agent.pull.TaskQueue;
import io.modelfleet.agent.pull.TaskReport;
import io.modelfleet.protocol.AgentHealth;
import io.modelfleet.service.JsonServer;
import io.modelfleet.service.StartException;
import io.modelfleet.service.Version;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * One agent, wired: several may live in one process. Used from one thread, but {@link #close} may
 * come from another.
 */
public final class Agent implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Agent.class.getName());
    private static final int MAX_BODY = 64 * 1024;

    private final AgentConfig config;
    private final Pace pace;
    private final Supplier<NodeFigures> figures;
    private final Supplier<Optional<StoreSpace>> disk;
    private final InstantSource time = InstantSource.system();
    private final DataDir dataDir;
    private final Identity identity;
    private final OllamaClient ollama;
    private final OllamaWatch watch;
    private final CoordinatorClient coordinator;
    private final BlockingQueue<TaskReport> changes = new LinkedBlockingQueue<>();
    private final TaskQueue queue;

    /** What was started, the latest first. */
    private final Deque<Runnable> started = new ArrayDeque<>();

    private int apiPort;

    /** An agent at the contract's pace. */
    public Agent(
            AgentConfig config,
            Supplier<NodeFigures> figures,
            Supplier<Optional<StoreSpace>> disk) {
        this(config, figures, disk, Pace.standard());
    }

    /**
     * @param figures asked at each heartbeat: GPUs, processor, memory
     * @param disk asked at each heartbeat and before each pull: the file system of Ollama's models
     */
    public Agent(
            AgentConfig config,
            Supplier<NodeFigures> figures,
            Supplier<Optional<StoreSpace>> disk,
            Pace pace) {
        this.config = config;
        this.figures = figures;
        this.disk = disk;
        this.pace = pace;
        this.dataDir = new DataDir(config.dataDir());
        this.identity = new Identity(config.dataDir(), time);
        this.ollama = new OllamaClient(config.ollamaUrl());
        this.watch = new OllamaWatch(ollama);
        this.coordinator = new CoordinatorClient(config.coordinatorUrl());
        BlobStore store = new BlobStore(config.modelStore());
        this.queue =
                new TaskQueue(
                        new Journal(config.dataDir(), time),
                        new OllamaWorks(
                                ollama,
                                new StorageCheck(store, disk, ollama),
                                store,
                                pace.backoff(),
                                pace.ollamaPause()),
                        config.maxConcurrentPulls(),
                        changes::add,
                        time,
                        config.name());
    }

    /**
     * Starts; afterwards the agent works on its own.
     *
     * @throws StartException when the port or the data folder cannot be had
     */
    public synchronized void start() {
        try {
            startAll();
        } catch (StartException e) {
            close();
            throw e;
        }
    }

    private void startAll() {
        started.push(coordinator::close);
        started.push(ollama::close);
        dataDir.claim();
        started.push(dataDir::close);
        identity.load();
        queue.start();
        started.push(queue::close);
        InetAddress towards = LocalAddress.towards(config.coordinatorUrl());
        JsonServer server = server(towards);
        server.start();
        started.push(server::close);
        apiPort = server.port();
        CoordinatorLink link = link(towards);
        ProgressReporter reporter =
                new ProgressReporter(
                        coordinator,
                        link,
                        queue,
                        changes,
                        pace.backoff(),
                        pace.reportInterval(),
                        time,
                        config.name());
        link.start();
        started.push(link::close);
        reporter.start();
        started.push(reporter::close);
    }

    private JsonServer server(InetAddress towards) {
        String host = config.apiHost() == null ? towards.getHostAddress() : config.apiHost();
        AgentRoutes routes = new AgentRoutes(queue, this::health);
        return new JsonServer(host, config.apiPort(), MAX_BODY, routes.table());
    }

    private CoordinatorLink link(InetAddress towards) {
        String address =
                config.advertiseAddress() == null
                        ? towards.getHostAddress()
                        : config.advertiseAddress();
        return new CoordinatorLink(
                coordinator,
                identity,
                new NodeFacts(
                        config.name(),
                        address,
                        HttpUrl.port(config.ollamaUrl()),
                        apiPort,
                        Version.of(Agent.class)),
                new NodeSources(watch, figures, disk),
                queue,
                pace.backoff(),
                config.heartbeatInterval(),
                time,
                config.name());
    }

    private AgentHealth health() {
        return new AgentHealth(
                "ok",
                identity.id().orElse(null),
                coordinator.connected() ? AgentHealth.Link.CONNECTED : AgentHealth.Link.UNREACHABLE,
                watch.last().state(),
                Version.of(Agent.class));
    }

    /** The port of the agent's own API, once started. */
    public synchronized int apiPort() {
        return apiPort;
    }

    /** The id that the coordinator gave; empty before the first registration. */
    public Optional<UUID> agentId() {
        return identity.id();
    }

    /** Leaves politely: the coordinator is told, running pulls stop and go on at the next start. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().run();
            } catch (RuntimeException e) {
                // The rest must be closed all the same.
                LOG.log(System.Logger.Level.WARNING, "A part of the agent did not close", e);
            }
        }
    }
}
