package io.modelfleet.console.page;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Agent;
import java.util.UUID;

/** What a node is called in a sentence. */
public final class NodeNames {
    private static final int SHORT_ID = 8;

    private NodeNames() {}

    /** The operator's name for it, or the machine's own. */
    public static String of(Agent agent) {
        String custom = agent.customName();
        return custom == null || custom.isBlank() ? agent.machineName() : custom;
    }

    /** The start of its id for a node that left the fleet while its tasks are still known. */
    public static String of(FleetState fleet, UUID agentId) {
        Agent agent = fleet.agents().get(agentId);
        return agent == null ? agentId.toString().substring(0, SHORT_ID) : of(agent);
    }
}
