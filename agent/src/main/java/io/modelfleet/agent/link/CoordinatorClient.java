package io.modelfleet.agent.link;

import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.Registration;
import io.modelfleet.service.JsonClient;
import io.modelfleet.service.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** The coordinator's calls for agents. Blocks; notes whether the coordinator answers. */
public final class CoordinatorClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CoordinatorClient.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI base;
    private final JsonClient json = new JsonClient(CONNECT);
    private boolean connected;
    private boolean complained;

    /**
     * @param base such as {@code http://localhost:8080}
     */
    public CoordinatorClient(URI base) {
        this.base = URI.create(base.toString().replaceFirst("/+$", "") + "/");
    }

    Reply register(Registration registration) {
        return noted(json.post(base.resolve("api/agents"), registration, TIMEOUT));
    }

    Reply heartbeat(Heartbeat heartbeat, Duration timeout) {
        return noted(json.post(base.resolve("api/health"), heartbeat, timeout));
    }

    Reply heartbeat(Heartbeat heartbeat) {
        return heartbeat(heartbeat, TIMEOUT);
    }

    Reply progress(UUID task, ProgressReport report) {
        return noted(json.post(base.resolve("api/tasks/" + task + "/progress"), report, TIMEOUT));
    }

    /** Whether the last call was answered, even if by a refusal. */
    public synchronized boolean connected() {
        return connected;
    }

    private synchronized Reply noted(Reply reply) {
        if (Thread.currentThread().isInterrupted()) {
            // The agent stops; that says nothing about the coordinator.
            return reply;
        }
        connected = !(reply instanceof Reply.Unreachable);
        if (reply instanceof Reply.Unreachable gone && !complained) {
            complained = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Coordinator cannot be reached; trying on: coordinator={0}, error={1}",
                    base,
                    gone.cause());
        } else if (connected && complained) {
            complained = false;
            LOG.log(System.Logger.Level.INFO, "Coordinator answers again: coordinator={0}", base);
        }
        return reply;
    }

    @Override
    public void close() {
        json.close();
    }
}
