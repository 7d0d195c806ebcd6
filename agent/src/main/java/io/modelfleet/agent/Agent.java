package io.modelfleet.agent;

import io.modelfleet.agent.http.AgentRoutes;
import io.modelfleet.agent.link.CoordinatorClient;
import io.modelfleet.agent.link.CoordinatorLink;
import io.modelfleet.agent.link.Identity;
import io.modelfleet.agent.link.NodeFigures;
import io.modelfleet.agent.link.NodeSources;
import io.modelfleet.agent.link.ProgressReporter;
import io.modelfleet.agent.link.Standing;
import io.modelfleet.agent.ollama.OllamaClient;
import io.modelfleet.agent.ollama.OllamaWatch;
import io.modelfleet.agent.pull.BlobStore;
import io.modelfleet.agent.pull.Journal;
import io.modelfleet.agent.pull.OllamaWorks;
import io.modelfleet.agent.pull.SteadyTime;
import io.modelfleet.agent.pull.StorageCheck;
import io.modelfleet.agent.pull.StoreSpace;
import io.modelfleet.agent.pull.TaskQueue;
import io.modelfleet.agent.pull.TaskReport;
import io.modelfleet.protocol.AgentHealth;
import io.modelfleet.service.StartException;
import io.modelfleet.service.Version;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One agent, wired: several may live in one process. Used from one thread, but {@link #close} may
 * come from another.
 */
public final class Agent implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Agent.class.getName());

    private final AgentConfig config;
    private final Pace pace;
    private final Supplier<NodeFigures> figures;
    private final Supplier<Optional<StoreSpace>> disk;
    private final InstantSource time = SteadyTime.system();
    private final DataDir dataDir;
    private final Identity identity;
    private final OllamaClient ollama;
    private final OllamaWatch watch;
    private final CoordinatorClient coordinator;
    private final BlockingQueue<TaskReport> changes = new LinkedBlockingQueue<>();
    private final Standing standing = new Standing();
    private final Journal journal;
    private final TaskQueue queue;
    private final Whereabouts whereabouts;

    /** What was started, the latest first. */
    private final Deque<Runnable> started = new ArrayDeque<>();

    /** An agent at the contract's pace. */
    public Agent(
            AgentConfig config,
            Supplier<NodeFigures> figures,
            Supplier<Optional<StoreSpace>> disk) {
        this(config, figures, disk, Pace.standard(), LocalAddress::towards);
    }

    /**
     * @param figures asked at each heartbeat: GPUs, processor, memory
     * @param disk asked at each heartbeat and before each pull: the file system of Ollama's models
     * @param towards the machine's address towards a peer, when one is known
     */
    public Agent(
            AgentConfig config,
            Supplier<NodeFigures> figures,
            Supplier<Optional<StoreSpace>> disk,
            Pace pace,
            Function<URI, Optional<InetAddress>> towards) {
        this.config = config;
        this.figures = figures;
        this.disk = disk;
        this.pace = pace;
        this.dataDir = new DataDir(config.dataDir());
        this.identity = new Identity(config.dataDir(), time);
        this.ollama = new OllamaClient(config.ollamaUrl());
        this.watch = new OllamaWatch(ollama);
        this.coordinator = new CoordinatorClient(config.coordinatorUrls(), time);
        BlobStore store = new BlobStore(config.modelStore());
        this.journal = new Journal(config.dataDir(), time);
        this.queue =
                new TaskQueue(
                        journal,
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
        this.whereabouts =
                new Whereabouts(
                        config,
                        coordinator::base,
                        towards,
                        new AgentRoutes(queue, this::health).table());
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
        if (identity.id().isEmpty()) {
            journal.beginAnew();
        }
        // Until the coordinator has been asked: a copied data folder holds another agent's tasks.
        queue.hold();
        queue.start();
        started.push(queue::close);
        whereabouts.open();
        started.push(whereabouts::close);
        CoordinatorLink link = link();
        ProgressReporter reporter =
                new ProgressReporter(
                        coordinator,
                        standing,
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

    private CoordinatorLink link() {
        return new CoordinatorLink(
                coordinator,
                standing,
                identity,
                whereabouts::facts,
                new NodeSources(watch, figures, disk),
                queue,
                pace.backoff(),
                config.heartbeatInterval(),
                time,
                InstantSource.system(),
                config.name());
    }

    private AgentHealth health() {
        return new AgentHealth(
                "ok",
                identity.id().orElse(null),
                linkState(),
                watch.last().state(),
                Version.of(Agent.class),
                standing.refusal().orElse(null));
    }

    private AgentHealth.Link linkState() {
        if (!coordinator.connected()) {
            return AgentHealth.Link.UNREACHABLE;
        }
        return standing.refusal().isPresent()
                ? AgentHealth.Link.REFUSED
                : AgentHealth.Link.CONNECTED;
    }

    /** The port of the agent's own API, once started. */
    public synchronized int apiPort() {
        return whereabouts.port();
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
