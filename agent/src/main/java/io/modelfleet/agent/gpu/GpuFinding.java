package io.modelfleet.agent.gpu;

import io.modelfleet.protocol.GpuDevice;
import java.util.List;

/** What a {@link GpuProbe} answered. */
public sealed interface GpuFinding {

    /**
     * At least one device.
     *
     * @param devices never empty; a device that no longer answers stays, without figures
     * @param troubles sentences for people about devices that are sick, empty when all are well
     */
    record Found(List<GpuDevice> devices, List<String> troubles) implements GpuFinding {
        public Found {
            devices = List.copyOf(devices);
            troubles = List.copyOf(troubles);
            if (devices.isEmpty()) {
                throw new IllegalArgumentException("no devices: that is Absent, with a reason");
            }
        }

        public Found(List<GpuDevice> devices) {
            this(devices, List.of());
        }
    }

    /**
     * No device, or a source that cannot be asked.
     *
     * @param reason for people, such as {@code libnvidia-ml.so.1 not found}
     */
    record Absent(String reason) implements GpuFinding {}
}
