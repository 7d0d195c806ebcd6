package io.modelfleet.agent.link;

import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.Registration;
import io.modelfleet.service.JsonClient;
import io.modelfleet.service.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's calls for agents. Of several addresses the one that answers is used until it
 * answers no more. Blocks; notes whether the coordinator answers.
 */
public final class CoordinatorClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CoordinatorClient.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Longer than a coordinator takes to start, or its database to come back. */
    private static final Duration TROUBLE = Duration.ofSeconds(30);

    private static final int UNAVAILABLE = 503;

    private final List<URI> bases;
    private final InstantSource time;
    private final JsonClient json = new JsonClient(CONNECT);
    private int current;
    private @Nullable Instant troubleSince;
    private boolean connected;
    private long answers;
    private boolean complained;

    /**
     * @param bases such as {@code http://localhost:8080}, at least one; all of one fleet
     * @param time for durations
     */
    public CoordinatorClient(List<URI> bases, InstantSource time) {
        this.bases =
                bases.stream()
                        .map(base -> URI.create(base.toString().replaceFirst("/+$", "") + "/"))
                        .toList();
        this.time = time;
    }

    Reply register(Registration registration) {
        return send(base -> json.post(base.resolve("api/agents"), registration, TIMEOUT));
    }

    Reply heartbeat(Heartbeat heartbeat) {
        return send(base -> json.post(base.resolve("api/health"), heartbeat, TIMEOUT));
    }

    /** To the present address only: whoever says farewell has no time to look for another. */
    Reply farewell(Heartbeat heartbeat, Duration timeout) {
        return json.post(base().resolve("api/health"), heartbeat, timeout);
    }

    Reply progress(UUID task, ProgressReport report) {
        return send(
                base ->
                        json.post(
                                base.resolve("api/tasks/" + task + "/progress"), report, TIMEOUT));
    }

    /** The address in use. */
    public URI base() {
        return bases.get(position());
    }

    private synchronized int position() {
        return current;
    }

    /** Whether the last call was answered, even if by a refusal. */
    public synchronized boolean connected() {
        return connected;
    }

    /** How many calls were answered so far, even if by a refusal. */
    synchronized long answers() {
        return answers;
    }

    /** Each address once at most, beginning with the one in use. */
    private Reply send(Function<URI, Reply> call) {
        Reply reply = new Reply.Unreachable("no address", true);
        for (int tries = 0; tries < bases.size(); tries++) {
            int used = position();
            reply = call.apply(bases.get(used));
            if (Thread.currentThread().isInterrupted()) {
                // The agent stops; that says nothing about the coordinator.
                return reply;
            }
            if (!(reply instanceof Reply.Unreachable gone)) {
                answered(used, reply);
                return reply;
            }
            unreachable(used, gone.cause());
        }
        return reply;
    }

    private synchronized void unreachable(int used, String cause) {
        connected = false;
        boolean others = bases.size() > 1;
        if (!complained || (others && used == current)) {
            LOG.log(
                    complained ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "Coordinator cannot be reached; trying {0}: coordinator={1}, error={2}",
                    others ? "the next" : "on",
                    bases.get(used),
                    cause);
        }
        complained = true;
        leave(used);
    }

    private synchronized void answered(int used, Reply reply) {
        connected = true;
        answers++;
        if (complained) {
            complained = false;
            LOG.log(
                    System.Logger.Level.INFO,
                    "Coordinator answers again: coordinator={0}",
                    bases.get(used));
        }
        if (!(reply instanceof Reply.Refused refused) || refused.status() != UNAVAILABLE) {
            troubleSince = null;
        } else if (troubleSince == null) {
            troubleSince = time.instant();
        } else if (Duration.between(troubleSince, time.instant()).compareTo(TROUBLE) >= 0) {
            if (bases.size() > 1) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Coordinator has been in trouble for long; trying the next: coordinator={0}, error={1}",
                        bases.get(used),
                        refused.text());
            }
            leave(used);
        }
    }

    /** Another thread may have gone on to the next address meanwhile. */
    private synchronized void leave(int used) {
        if (used == current) {
            current = (current + 1) % bases.size();
            troubleSince = null;
        }
    }

    @Override
    public void close() {
        json.close();
    }
}
