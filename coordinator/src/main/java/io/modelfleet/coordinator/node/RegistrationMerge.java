package io.modelfleet.coordinator.node;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Registration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How a registration makes a node, or changes it: what it does not mention stays. */
final class RegistrationMerge {
    private RegistrationMerge() {}

    static Node created(Registration registration, Instant now) {
        return new Node(
                registration.agentId() == null ? UUID.randomUUID() : registration.agentId(),
                NodeIdentity.of(registration),
                registration.devices(),
                registration.installedModels() == null ? List.of() : registration.installedModels(),
                NodeSettings.INITIAL,
                NodeFigures.UNKNOWN.with(registration),
                Presence.ONLINE,
                now,
                now);
    }

    /**
     * @throws FleetException {@link ErrorCode#AGENT_ID_IN_USE}
     */
    static Node apply(Node old, Registration registration, Instant now) {
        OneRun.check(old, registration);
        return old.seen(now)
                .with(NodeIdentity.of(registration))
                .withDevices(registration.devices())
                .withModels(
                        registration.installedModels() == null
                                ? old.models()
                                : registration.installedModels())
                .with(old.figures().with(registration));
    }

    /**
     * How an agent that sends no id is recognised; where another run is at work, this is a second
     * agent on the machine.
     */
    static boolean sameMachine(Node node, Registration registration) {
        return node.identity().machineName().equals(registration.machineName())
                && node.identity().ipAddress().equals(registration.ipAddress())
                && OneRun.admits(node, registration);
    }
}
