package io.modelfleet.agent.link;

import io.modelfleet.agent.pull.Backoff;
import io.modelfleet.agent.pull.Halt;
import io.modelfleet.agent.pull.TaskQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the node known to its coordinator: registers, then sends heartbeats, on one thread. */
public final class CoordinatorLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CoordinatorLink.class.getName());

    private final Identity identity;
    private final Standing standing;
    private final TaskQueue queue;
    private final Registrar registrar;
    private final Heartbeats heartbeats;
    private final Duration interval;
    private final String name;
    private final Halt halt = new Halt();
    private final Rest rest;
    private boolean idInUse;
    private volatile boolean heard;
    private @Nullable Thread thread;

    /**
     * @param facts asked before each heartbeat: the machine may move from network to network
     * @param interval from one heartbeat to the next
     * @param time for durations
     * @param wall the clock on the wall, which tells that the machine slept
     * @param name of the agent, for its thread
     */
    public CoordinatorLink(
            CoordinatorClient coordinator,
            Standing standing,
            Identity identity,
            Supplier<NodeFacts> facts,
            NodeSources sources,
            TaskQueue queue,
            Backoff backoff,
            Duration interval,
            InstantSource time,
            InstantSource wall,
            String name) {
        ModelNews news = new ModelNews(time);
        this.standing = standing;
        this.identity = identity;
        this.queue = queue;
        this.registrar = new Registrar(coordinator, identity, facts, sources, news, backoff);
        this.heartbeats = new Heartbeats(coordinator, identity, sources, news, queue);
        this.interval = interval;
        this.rest = new Rest(halt, wall);
        this.name = name;
    }

    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name(name + "-link").start(this::loop);
    }

    private void loop() {
        Duration pause = Duration.ZERO;
        while (true) {
            switch (rest.take(pause)) {
                case HALTED -> {
                    return;
                }
                case LEAPT -> registrar.refreshed();
                case OVER -> {
                    // as planned
                }
            }
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
        if (!standing.registered() || id == null || registrar.outdated()) {
            return register();
        }
        long began = System.nanoTime();
        boolean heardBefore = heard;
        if (beat(id) == Heartbeats.Outcome.UNKNOWN && heardBefore) {
            return Duration.ZERO;
        }
        Duration left = interval.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration register() {
        return switch (registrar.attempt()) {
            case Registrar.Attempt.Registered ignored -> {
                idInUse = false;
                heard = false;
                standing.admitted();
                queue.resume();
                yield Duration.ZERO;
            }
            case Registrar.Attempt.Later later -> {
                if (!idInUse) {
                    // What an earlier run took on goes on without the coordinator.
                    queue.resume();
                }
                yield later.pause();
            }
            case Registrar.Attempt.Refused refused -> {
                refused(refused);
                yield refused.pause();
            }
        };
    }

    private void refused(Registrar.Attempt.Refused refused) {
        idInUse = refused.idInUse();
        standing.refused(refused.text());
        if (idInUse) {
            // The tasks are those of the other agent.
            queue.hold();
        } else {
            queue.resume();
        }
    }

    private Heartbeats.Outcome beat(UUID id) {
        Heartbeats.Outcome outcome = heartbeats.beat(id);
        switch (outcome) {
            case HEARD -> heard = true;
            case UNKNOWN -> {
                heard = false;
                standing.lost();
            }
            case REFUSED, UNHEARD -> {
                // the next one may fare better
            }
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
        if (!standing.registered() || id.isEmpty()) {
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
        if (standing.registered()) {
            identity.id().ifPresent(heartbeats::leave);
        }
    }
}
