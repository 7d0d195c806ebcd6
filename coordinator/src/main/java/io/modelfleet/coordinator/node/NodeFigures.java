package io.modelfleet.coordinator.node;

import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What moves with every heartbeat; lives in memory only.
 *
 * @param cpuUsage percent
 * @param memoryUsage percent
 * @param diskTotal bytes
 * @param diskFree bytes
 * @param loaded what Ollama holds in memory
 */
public record NodeFigures(
        @Nullable Double cpuUsage,
        @Nullable Double memoryUsage,
        @Nullable Long diskTotal,
        @Nullable Long diskFree,
        List<ModelName> loaded,
        @Nullable OllamaState ollama) {

    static final NodeFigures UNKNOWN = new NodeFigures(null, null, null, null, List.of(), null);

    public NodeFigures {
        loaded = List.copyOf(loaded);
    }

    NodeFigures with(Registration registration) {
        return new NodeFigures(
                cpuUsage,
                memoryUsage,
                newer(registration.diskTotal(), diskTotal),
                newer(registration.diskFree(), diskFree),
                registration.loadedModels() == null ? loaded : registration.loadedModels(),
                newer(registration.ollama(), ollama));
    }

    NodeFigures with(Heartbeat heartbeat) {
        return new NodeFigures(
                newer(heartbeat.cpuUsage(), cpuUsage),
                newer(heartbeat.memoryUsage(), memoryUsage),
                newer(heartbeat.diskTotal(), diskTotal),
                newer(heartbeat.diskFree(), diskFree),
                heartbeat.loadedModels() == null ? loaded : heartbeat.loadedModels(),
                newer(heartbeat.ollama(), ollama));
    }

    private static <T> @Nullable T newer(@Nullable T reported, @Nullable T known) {
        return reported == null ? known : reported;
    }
}
