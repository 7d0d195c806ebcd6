package io.modelfleet.simulator.fleet;

import io.modelfleet.protocol.GpuDevice;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine to simulate.
 *
 * @param gpuModel as its maker calls it
 * @param gpuMemory bytes of one GPU
 * @param gpus how many of them
 * @param disk bytes for models
 * @param bandwidth bytes per second that its Ollama can download
 */
public record NodeSpec(
        String name, String gpuModel, long gpuMemory, int gpus, long disk, long bandwidth) {
    private static final String DRIVER = "590.48.01";

    /** One row per GPU, with plausible figures. */
    List<GpuDevice> devices() {
        List<GpuDevice> devices = new ArrayList<>();
        for (int i = 0; i < gpus; i++) {
            devices.add(
                    new GpuDevice(
                            "GPU-simulated-" + name + "-" + i,
                            "nvidia",
                            gpuModel,
                            1,
                            gpuMemory,
                            gpuMemory / 16,
                            3,
                            41 + i,
                            DRIVER,
                            null));
        }
        return devices;
    }
}
