package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
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
 * @param instance which run of the agent this is: two at once with one id are told apart by it.
 *     Absent from agents of other makes and from older ones
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
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                @Nullable OllamaState ollama,
        @Nullable List<InstalledModel> installedModels,
        @Nullable List<ModelName> loadedModels,
        @Nullable Long diskTotal,
        @Nullable Long diskFree,
        @Nullable UUID instance) {

    /** Of host names, IPv4 and IPv6 addresses with zone; no port, no path, no user. */
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9.:%-]{1,253}");

    private static final String ADDRESSES = "an IP address or host name";

    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} for a missing or impossible field
     */
    public Registration {
        Check.text("machine_name", machineName);
        Check.text("ip_address", ipAddress);
        if (!isAddress(ipAddress)) {
            throw FleetException.invalidValue("ip_address", ipAddress, ADDRESSES);
        }
        Check.optionalText("ollama_version", ollamaVersion, 100);
        Check.present("ollama_port", ollamaPort);
        Check.range("ollama_port", ollamaPort, 1, agentApiPort == null ? 65534 : 65535);
        Check.range("agent_api_port", agentApiPort, 1, 65535);
        Check.optionalText("agent_version", agentVersion, 100);
        Check.notNegative("disk_total", diskTotal);
        Check.notNegative("disk_free", diskFree);
    }

    /**
     * Whether an HTTP client can call it. A URI without host is what Java makes of a name that
     * breaks the rules for host names, one with an underscore for instance.
     */
    private static boolean isAddress(String text) {
        if (!CHARACTERS.matcher(text).matches()) {
            return false;
        }
        try {
            return new URI("http://" + (text.contains(":") ? "[" + text + "]" : text)).getHost()
                    != null;
        } catch (URISyntaxException malformed) {
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
