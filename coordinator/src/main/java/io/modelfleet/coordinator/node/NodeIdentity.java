package io.modelfleet.coordinator.node;

import io.modelfleet.protocol.Registration;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of itself when it registers.
 *
 * @param apiPort port of the agent's own API
 * @param agentVersion {@code null} for agents of other makes, which know only the bare calls
 * @param instance which run of the agent speaks for the node; {@code null} when it does not say
 */
public record NodeIdentity(
        String machineName,
        String ipAddress,
        @Nullable String ollamaVersion,
        int ollamaPort,
        int apiPort,
        @Nullable String agentVersion,
        @Nullable UUID instance) {

    static NodeIdentity of(Registration registration) {
        return new NodeIdentity(
                registration.machineName(),
                registration.ipAddress(),
                registration.ollamaVersion(),
                registration.ollamaPort(),
                registration.apiPort(),
                registration.agentVersion(),
                registration.instance());
    }

    NodeIdentity withOllamaVersion(String version) {
        return new NodeIdentity(
                machineName, ipAddress, version, ollamaPort, apiPort, agentVersion, instance);
    }

    NodeIdentity withInstance(UUID run) {
        return new NodeIdentity(
                machineName, ipAddress, ollamaVersion, ollamaPort, apiPort, agentVersion, run);
    }

    /**
     * Whether the agent speaks only the bare calls: it reports no tasks, and answers a pull when it
     * is over.
     */
    public boolean bare() {
        return agentVersion == null;
    }

    /** Address and port of the agent's own API, as they stand in a URL. */
    String authority() {
        return (ipAddress.contains(":") ? "[" + ipAddress + "]" : ipAddress) + ":" + apiPort;
    }

    /** An address on the agent's own API. */
    public URI api(String path) {
        return URI.create("http://" + authority() + path);
    }
}
