package io.modelfleet.agent.link;

import io.modelfleet.agent.pull.Backoff;
import io.modelfleet.agent.pull.Halt;
import io.modelfleet.agent.pull.TaskQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the node known to its coordinator: registers, then sends heartbeats, on one thread. */
public final class CoordinatorLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CoordinatorLink.class.getName());

    private final Identity identity;
    private final Registrar registrar;
    private final Heartbeats heartbeats;
    private final Duration interval;
    private final String name;
    private final Halt halt = new Halt();
    private volatile boolean registered;
    private @Nullable Thread thread;

    /**
     * @param interval from one heartbeat to the next
     * @param name of the agent, for its thread
     */
    public CoordinatorLink(
            CoordinatorClient coordinator,
            Identity identity,
            NodeFacts facts,
            NodeSources sources,
            TaskQueue queue,
            Backoff backoff,
            Duration interval,
            InstantSource time,
            String name) {
        ModelNews news = new ModelNews(time);
        this.identity = identity;
        this.registrar = new Registrar(coordinator, identity, facts, sources, news, backoff);
        this.heartbeats = new Heartbeats(coordinator, sources, news, queue);
        this.interval = interval;
        this.name = name;
    }

    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name(name + "-link").start(this::loop);
    }

    private void loop() {
        Duration pause = Duration.ZERO;
        while (!halt.within(pause)) {
            pause = guardedPass();
        }
    }

    private Duration guardedPass() {
        try {
            return pass();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "A pass of the coordinator link broke off", bug);
            return interval;
        }
    }

    /**
     * Registers or sends one heartbeat.
     *
     * @return how long to wait until the next pass
     */
    Duration pass() {
        UUID id = identity.id().orElse(null);
        if (!registered || id == null) {
            return switch (registrar.attempt()) {
                case Registrar.Attempt.Registered ignored -> {
                    registered = true;
                    yield Duration.ZERO;
                }
                case Registrar.Attempt.Later later -> later.pause();
            };
        }
        long began = System.nanoTime();
        if (beat(id) == Heartbeats.Outcome.UNKNOWN) {
            return Duration.ZERO;
        }
        Duration left = interval.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Heartbeats.Outcome beat(UUID id) {
        Heartbeats.Outcome outcome = heartbeats.beat(id);
        if (outcome == Heartbeats.Outcome.UNKNOWN) {
            registered = false;
        }
        return outcome;
    }

    /**
     * Sends a heartbeat at once, with the installed models when they changed: what the coordinator
     * hears next, it hears after them.
     *
     * @return whether the coordinator knows the node and could be told
     */
    boolean announce() {
        Optional<UUID> id = identity.id();
        if (!registered || id.isEmpty()) {
            return false;
        }
        return switch (beat(id.get())) {
            case HEARD, REFUSED -> true;
            case UNKNOWN, UNHEARD -> false;
        };
    }

    /** Leaves politely, within some seconds. */
    @Override
    public synchronized void close() {
        halt.wish();
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        if (registered) {
            identity.id().ifPresent(heartbeats::leave);
        }
    }
}
