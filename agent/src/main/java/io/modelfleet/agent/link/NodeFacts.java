package io.modelfleet.agent.link;

/**
 * What does not change while the agent runs.
 *
 * @param machineName as it is shown
 * @param address where the coordinator reaches this agent
 * @param ollamaPort 1 to 65535
 * @param apiPort of the agent's own API, 1 to 65535
 * @param version of the agent
 */
public record NodeFacts(
        String machineName, String address, int ollamaPort, int apiPort, String version) {}
