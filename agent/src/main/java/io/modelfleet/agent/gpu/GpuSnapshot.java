package io.modelfleet.agent.gpu;

import io.modelfleet.protocol.GpuDevice;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs at one moment. The figures over all devices are {@code null} when no device tells them.
 *
 * @param time when the source was asked
 * @param source which probe answered; {@code null} without a GPU
 * @param devices empty without a GPU
 * @param troubles sentences for people: what ails devices, or why none was found
 */
public record GpuSnapshot(
        Instant time, @Nullable String source, List<GpuDevice> devices, List<String> troubles) {
    private static final long MEBIBYTE = 1L << 20;

    public GpuSnapshot {
        devices = List.copyOf(devices);
        troubles = List.copyOf(troubles);
    }

    public boolean gpuAvailable() {
        return !devices.isEmpty();
    }

    /** Percent, 0 to 100, of the busiest GPU. */
    public @Nullable Double usage() {
        return most(GpuDevice::utilization);
    }

    /** Degrees Celsius of the warmest GPU. */
    public @Nullable Double temperature() {
        return most(GpuDevice::temperature);
    }

    /** MiB over all GPUs. */
    public @Nullable Long memoryTotalMb() {
        return mebibytes(GpuDevice::memory);
    }

    /** MiB in use over all GPUs that tell. */
    public @Nullable Long memoryUsedMb() {
        return mebibytes(GpuDevice::memoryUsed);
    }

    private @Nullable Double most(Function<GpuDevice, @Nullable Integer> figure) {
        Double most = null;
        for (GpuDevice device : devices) {
            Integer value = figure.apply(device);
            if (value != null && (most == null || value > most)) {
                most = value.doubleValue();
            }
        }
        return most;
    }

    private @Nullable Long mebibytes(Function<GpuDevice, @Nullable Long> figure) {
        Long sum = null;
        for (GpuDevice device : devices) {
            Long value = figure.apply(device);
            if (value != null) {
                sum = Objects.requireNonNullElse(sum, 0L) + value * device.devices();
            }
        }
        return sum == null ? null : Long.valueOf(sum / MEBIBYTE);
    }
}
