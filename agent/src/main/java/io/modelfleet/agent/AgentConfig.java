package io.modelfleet.agent;

import io.modelfleet.service.InvalidSettingException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The agent's settings, checked.
 *
 * @param coordinatorUrls http or https, all of one fleet; the one that answers is used
 * @param ollamaUrl http or https
 * @param apiHost address that the agent's own API listens on; {@code null}: the machine's address
 *     towards the coordinator
 * @param apiPort of the agent's own API, 1 to 65535, or 0 for any free one
 * @param advertiseAddress where the coordinator reaches the agent; {@code null}: the machine's
 *     address towards the coordinator
 * @param dataDir of this agent alone; created when it is missing
 * @param name as the coordinator shows the machine
 * @param maxConcurrentPulls 1 to 16
 * @param heartbeatInterval 100 ms to 1 minute
 * @param modelStore Ollama's model directory; {@code null} when nothing is known of it
 */
public record AgentConfig(
        List<URI> coordinatorUrls,
        URI ollamaUrl,
        @Nullable String apiHost,
        int apiPort,
        @Nullable String advertiseAddress,
        Path dataDir,
        String name,
        int maxConcurrentPulls,
        Duration heartbeatInterval,
        @Nullable Path modelStore) {

    private static final int MOST_PULLS = 16;
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    /**
     * @throws InvalidSettingException naming the setting that is wrong
     */
    public AgentConfig {
        coordinatorUrls = coordinatorUrls.stream().distinct().toList();
        if (coordinatorUrls.isEmpty()) {
            throw new InvalidSettingException("--coordinator-url must name a coordinator");
        }
        coordinatorUrls.forEach(url -> HttpUrl.check("--coordinator-url", url));
        HttpUrl.check("--ollama-url", ollamaUrl);
        if (apiPort < 0 || apiPort > 65535) {
            throw new InvalidSettingException(
                    "--agent-api-port must be 0 to 65535, not " + apiPort);
        }
        if (name.isBlank() || name.length() > 200) {
            throw new InvalidSettingException("--name must have 1 to 200 characters");
        }
        if (maxConcurrentPulls < 1 || maxConcurrentPulls > MOST_PULLS) {
            throw new InvalidSettingException(
                    "--max-concurrent-pulls must be 1 to "
                            + MOST_PULLS
                            + ", not "
                            + maxConcurrentPulls);
        }
        if (heartbeatInterval.compareTo(SHORTEST_INTERVAL) < 0
                || heartbeatInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new InvalidSettingException(
                    "--heartbeat-interval must be 100ms to 1m, not "
                            + heartbeatInterval.toMillis()
                            + "ms");
        }
    }

    /** One line with every setting in effect, for the log. */
    public String describe() {
        return "coordinator-url="
                + coordinatorUrls.stream().map(URI::toString).collect(Collectors.joining(","))
                + ", ollama-url="
                + ollamaUrl
                + ", host="
                + (apiHost == null ? "(towards the coordinator)" : apiHost)
                + ", agent-api-port="
                + apiPort
                + ", advertise-address="
                + (advertiseAddress == null ? "(towards the coordinator)" : advertiseAddress)
                + ", data-dir="
                + dataDir
                + ", name="
                + name
                + ", max-concurrent-pulls="
                + maxConcurrentPulls
                + ", heartbeat-interval="
                + heartbeatInterval.toMillis()
                + "ms"
                + ", model-store="
                + modelStore;
    }
}
