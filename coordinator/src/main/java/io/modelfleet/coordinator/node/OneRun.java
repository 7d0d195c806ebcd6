package io.modelfleet.coordinator.node;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.Registration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of one agent speaks for a node at a time. A cloned disk or a copied data folder makes two
 * agents with one id, which would undo each other's work; agents that name no run are not told
 * apart.
 */
final class OneRun {
    private OneRun() {}

    /** Whether this agent may speak for the node from now on. */
    static boolean admits(Node node, Registration registration) {
        return !other(node, registration.instance())
                || !node.online()
                || sameAddress(node.identity(), registration);
    }

    /** Two processes cannot listen there at once: it is the same agent, started again. */
    private static boolean sameAddress(NodeIdentity known, Registration registration) {
        return known.ipAddress().equals(registration.ipAddress())
                && known.apiPort() == registration.apiPort();
    }

    /** Whether this heartbeat comes from the run that registered last. */
    static boolean admits(Node node, Heartbeat heartbeat) {
        return !other(node, heartbeat.instance());
    }

    private static boolean other(Node node, @Nullable UUID instance) {
        UUID known = node.identity().instance();
        return known != null && instance != null && !known.equals(instance);
    }

    /**
     * @throws FleetException {@link ErrorCode#AGENT_ID_IN_USE}
     */
    static void check(Node node, Registration registration) {
        if (!admits(node, registration)) {
            NodeIdentity known = node.identity();
            NodeIdentity copy = NodeIdentity.of(registration);
            throw FleetException.of(
                    ErrorCode.AGENT_ID_IN_USE,
                    node.id(),
                    known.machineName(),
                    known.authority(),
                    copy.machineName(),
                    copy.authority());
        }
    }

    /**
     * @throws FleetException {@link ErrorCode#AGENT_ID_IN_USE}
     */
    static void check(Node node, Heartbeat heartbeat) {
        if (!admits(node, heartbeat)) {
            throw new FleetException(
                    ErrorCode.AGENT_ID_IN_USE,
                    "AGENT_ID_IN_USE.heartbeat",
                    node.id(),
                    node.identity().authority());
        }
    }
}
