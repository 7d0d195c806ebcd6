package io.modelfleet.coordinator.node;

import io.modelfleet.protocol.Registration;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of itself when it registers.
 *
 * @param apiPort port of the agent's own API
 * @param agentVersion {@code null} for agents of other makes, which know only the bare calls
 */
public record NodeIdentity(
        String machineName,
        String ipAddress,
        @Nullable String ollamaVersion,
        int ollamaPort,
        int apiPort,
        @Nullable String agentVersion) {

    static NodeIdentity of(Registration registration) {
        return new NodeIdentity(
                registration.machineName(),
                registration.ipAddress(),
                registration.ollamaVersion(),
                registration.ollamaPort(),
                registration.apiPort(),
                registration.agentVersion());
    }

    NodeIdentity withOllamaVersion(String version) {
        return new NodeIdentity(machineName, ipAddress, version, ollamaPort, apiPort, agentVersion);
    }

    /**
     * Whether the agent speaks only the bare calls: it reports no tasks, and answers a pull when it
     * is over.
     */
    public boolean bare() {
        return agentVersion == null;
    }

    /** An address on the agent's own API. */
    public URI api(String path) {
        String host = ipAddress.contains(":") ? "[" + ipAddress + "]" : ipAddress;
        return URI.create("http://" + host + ":" + apiPort + path);
    }
}
