package io.modelfleet.coordinator.node;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Heartbeat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a heartbeat changes a node: what it does not mention stays. */
final class HeartbeatMerge {
    private static final long MEBIBYTE = 1L << 20;

    private HeartbeatMerge() {}

    /**
     * @throws FleetException {@link ErrorCode#AGENT_ID_IN_USE}
     */
    static Node apply(Node old, Heartbeat heartbeat) {
        OneRun.check(old, heartbeat);
        Node node = old.with(old.figures().with(heartbeat));
        if (heartbeat.gpuDevices() != null && !heartbeat.gpuDevices().isEmpty()) {
            node = node.withDevices(heartbeat.gpuDevices());
        } else if (old.devices().size() == 1 && old.devices().getFirst().devices() == 1) {
            // A node's sums are its only device's figures.
            node = node.withDevices(List.of(withFigures(old.devices().getFirst(), heartbeat)));
        }
        if (heartbeat.installedModels() != null) {
            node = node.withModels(heartbeat.installedModels());
        }
        if (heartbeat.ollamaVersion() != null) {
            node = node.with(node.identity().withOllamaVersion(heartbeat.ollamaVersion()));
        }
        if (heartbeat.instance() != null) {
            node = node.with(node.identity().withInstance(heartbeat.instance()));
        }
        return node;
    }

    private static GpuDevice withFigures(GpuDevice device, Heartbeat heartbeat) {
        return new GpuDevice(
                device.id(),
                device.vendor(),
                device.model(),
                device.count(),
                device.memory(),
                heartbeat.gpuMemoryUsedMb() == null
                        ? device.memoryUsed()
                        : bytes(heartbeat.gpuMemoryUsedMb()),
                rounded(heartbeat.gpuUsage(), device.utilization()),
                rounded(heartbeat.gpuTemperature(), device.temperature()),
                device.driver(),
                device.computeCapability());
    }

    private static Long bytes(long mebibytes) {
        return mebibytes * MEBIBYTE;
    }

    private static @Nullable Integer rounded(@Nullable Double reported, @Nullable Integer known) {
        return reported == null ? known : Integer.valueOf((int) Math.round(reported));
    }

    /** Whether these are the same devices, whatever their figures are now. */
    static boolean sameHardware(List<GpuDevice> left, List<GpuDevice> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            GpuDevice a = left.get(i);
            GpuDevice b = right.get(i);
            if (!Objects.equals(a.id(), b.id())
                    || !a.model().equals(b.model())
                    || a.devices() != b.devices()
                    || !Objects.equals(a.memory(), b.memory())
                    || !Objects.equals(a.driver(), b.driver())) {
                return false;
            }
        }
        return true;
    }
}
