package io.modelfleet.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/agents}. The fields up to {@code gpu_devices} are all that agents of other makes
 * send.
 *
 * @param agentId the id that an earlier registration gave
 * @param ipAddress where the coordinator reaches the agent: an IP address or host name
 * @param agentApiPort absent means {@code ollama_port + 1}
 * @param agentVersion absent from agents of other makes
 * @param installedModels absent when Ollama could not be asked
 * @param diskTotal bytes of the file system that holds the model store
 * @param diskFree bytes of it that Ollama may still use
 */
public record Registration(
        @Nullable UUID agentId,
        String machineName,
        String ipAddress,
        @Nullable String ollamaVersion,
        Integer ollamaPort,
        @Nullable Integer agentApiPort,
        @Nullable Boolean gpuAvailable,
        @Nullable List<GpuDevice> gpuDevices,
        @Nullable String agentVersion,
        @Nullable OllamaState ollama,
        @Nullable List<InstalledModel> installedModels,
        @Nullable List<ModelName> loadedModels,
        @Nullable Long diskTotal,
        @Nullable Long diskFree) {

    /** Host names, IPv4 and IPv6 addresses; no port, no path, no user. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9]+)?");

    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} for a missing or impossible field
     */
    public Registration {
        Check.text("machine_name", machineName);
        Check.text("ip_address", ipAddress);
        if (!ADDRESS.matcher(ipAddress).matches() || !fitsIntoUrl(ipAddress)) {
            throw FleetException.invalidValue("ip_address", ipAddress, "192.0.2.10");
        }
        Check.optionalText("ollama_version", ollamaVersion, 100);
        Check.present("ollama_port", ollamaPort);
        Check.range("ollama_port", ollamaPort, 1, agentApiPort == null ? 65534 : 65535);
        Check.range("agent_api_port", agentApiPort, 1, 65535);
        Check.optionalText("agent_version", agentVersion, 100);
        Check.notNegative("disk_total", diskTotal);
        Check.notNegative("disk_free", diskFree);
    }

    /** What cannot be written into a URL could never be called back. */
    private static boolean fitsIntoUrl(String address) {
        try {
            String host = address.contains(":") ? "[" + address + "]" : address;
            return new URI("http://" + host + "/").getHost() != null;
        } catch (URISyntaxException noHost) {
            return false;
        }
    }

    /** The port of the agent's own API. */
    public int apiPort() {
        return agentApiPort == null ? ollamaPort + 1 : agentApiPort;
    }

    /** The devices, none when the agent named none. */
    public List<GpuDevice> devices() {
        return gpuDevices == null ? List.of() : gpuDevices;
    }
}
