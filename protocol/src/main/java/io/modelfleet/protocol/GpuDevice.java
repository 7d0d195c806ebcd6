package io.modelfleet.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A GPU, or several alike in one row. What is not known is {@code null}, never 0.
 *
 * @param id stable name of the device (NVIDIA: its UUID; indexes move)
 * @param vendor {@code nvidia}, {@code amd}, {@code apple} or {@code intel}
 * @param model as its maker calls it
 * @param count how many such devices the row stands for; absent means 1
 * @param memory bytes of one device
 * @param memoryUsed bytes in use on one device
 * @param utilization percent, 0 to 100
 * @param temperature degrees Celsius
 * @param driver version of the driver
 * @param computeCapability CUDA compute capability, such as {@code 8.9}
 */
public record GpuDevice(
        @Nullable String id,
        @Nullable String vendor,
        String model,
        @Nullable Integer count,
        @Nullable Long memory,
        @Nullable Long memoryUsed,
        @Nullable Integer utilization,
        @Nullable Integer temperature,
        @Nullable String driver,
        @Nullable String computeCapability) {

    private static final int LONGEST_LABEL = 200;

    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} for a missing model, a count outside
     *     1 to 1024, negative memory, or text that cannot be stored
     */
    public GpuDevice {
        Check.optionalText("gpu_devices.id", id, LONGEST_LABEL);
        Check.optionalText("gpu_devices.vendor", vendor, LONGEST_LABEL);
        Check.text("gpu_devices.model", model);
        Check.range("gpu_devices.count", count, 1, 1024);
        Check.notNegative("gpu_devices.memory", memory);
        Check.notNegative("gpu_devices.memory_used", memoryUsed);
        Check.optionalText("gpu_devices.driver", driver, LONGEST_LABEL);
        Check.optionalText("gpu_devices.compute_capability", computeCapability, LONGEST_LABEL);
    }

    /** The devices behind this row, at least 1. */
    public int devices() {
        return count == null ? 1 : count;
    }
}
