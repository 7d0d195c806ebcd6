package io.modelfleet.agent.gpu;

import io.modelfleet.protocol.GpuDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GPUs that a person has named; nothing is detected and nothing measured. */
public final class ManualProbe implements GpuProbe {
    private static final int MOST = 1024;

    private final GpuDevice device;

    /**
     * @param memory of one device; {@code null} when it was not told
     * @param count devices alike, 1 to 1024
     * @throws IllegalArgumentException with a sentence for people
     */
    public ManualProbe(String model, @Nullable MemorySize memory, int count) {
        if (model.isBlank()) {
            throw new IllegalArgumentException("the model of the GPU must not be blank");
        }
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    "the number of GPUs must be 1 to " + MOST + ", not " + count);
        }
        Long bytes = memory == null ? null : memory.bytes();
        this.device =
                new GpuDevice(
                        null, null, model.strip(), count, bytes, null, null, null, null, null);
    }

    @Override
    public String source() {
        return "by hand";
    }

    @Override
    public GpuFinding look() {
        return new GpuFinding.Found(List.of(device));
    }
}
