package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/health}. The fields up to {@code loaded_models} are all that agents of other
 * makes send.
 *
 * @param cpuUsage percent, 0 to 100
 * @param memoryUsage percent of the machine's memory, 0 to 100
 * @param gpuUsage percent, 0 to 100, of the busiest GPU
 * @param gpuMemoryTotalMb MiB, over all GPUs
 * @param gpuMemoryUsedMb MiB, over all GPUs
 * @param gpuTemperature degrees Celsius, of the warmest GPU
 * @param loadedModels what Ollama holds in memory
 * @param diskTotal bytes of the file system that holds the model store
 * @param diskFree bytes of it that Ollama may still use
 * @param gpuDevices when they changed
 * @param installedModels all of them, when any changed
 * @param ollama whether the agent's Ollama answers
 * @param ollamaVersion when it changed
 * @param tasks ids of the tasks that the agent knows; what is missing here is handed out again.
 *     Absent from agents of other makes
 * @param leaving true in the last heartbeat of an agent that is being stopped
 * @param instance which run of the agent this is, as in its {@link Registration}
 */
public record Heartbeat(
        UUID agentId,
        @Nullable Double cpuUsage,
        @Nullable Double memoryUsage,
        @Nullable Double gpuUsage,
        @Nullable Long gpuMemoryTotalMb,
        @Nullable Long gpuMemoryUsedMb,
        @Nullable Double gpuTemperature,
        @Nullable List<ModelName> loadedModels,
        @Nullable Long diskTotal,
        @Nullable Long diskFree,
        @Nullable List<GpuDevice> gpuDevices,
        @Nullable List<InstalledModel> installedModels,
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                @Nullable OllamaState ollama,
        @Nullable String ollamaVersion,
        @Nullable List<UUID> tasks,
        @Nullable Boolean leaving,
        @Nullable UUID instance) {

    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} for a missing or impossible field
     */
    public Heartbeat {
        Check.present("agent_id", agentId);
        Check.fraction("cpu_usage", cpuUsage, 100);
        Check.fraction("memory_usage", memoryUsage, 100);
        Check.fraction("gpu_usage", gpuUsage, 100);
        Check.notNegative("gpu_memory_total_mb", gpuMemoryTotalMb);
        Check.notNegative("gpu_memory_used_mb", gpuMemoryUsedMb);
        Check.celsius("gpu_temperature", gpuTemperature);
        Check.notNegative("disk_total", diskTotal);
        Check.notNegative("disk_free", diskFree);
        Check.optionalText("ollama_version", ollamaVersion, 100);
    }
}
