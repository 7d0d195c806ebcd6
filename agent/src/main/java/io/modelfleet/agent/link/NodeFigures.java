package io.modelfleet.agent.link;

import io.modelfleet.protocol.GpuDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the machine is at one moment; what is not known is {@code null}.
 *
 * @param gpuDevices empty without a GPU
 * @param gpuUsage percent, 0 to 100, of the busiest GPU
 * @param gpuMemoryTotalMb MiB, over all GPUs
 * @param gpuMemoryUsedMb MiB, over all GPUs
 * @param gpuTemperature degrees Celsius, of the warmest GPU
 * @param cpuUsage percent, 0 to 100
 * @param memoryUsage percent of the machine's memory, 0 to 100
 */
public record NodeFigures(
        List<GpuDevice> gpuDevices,
        @Nullable Double gpuUsage,
        @Nullable Long gpuMemoryTotalMb,
        @Nullable Long gpuMemoryUsedMb,
        @Nullable Double gpuTemperature,
        @Nullable Double cpuUsage,
        @Nullable Double memoryUsage) {
    public NodeFigures {
        gpuDevices = List.copyOf(gpuDevices);
    }
}
