package io.modelfleet.console.catalog;

import io.modelfleet.console.control.State;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.GpuDevice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a node could run a model, by a rule of thumb. */
enum Fit {
    FITS(State.ONLINE),
    GPU_TOO_SMALL(State.TOOBIG),
    DISK_TOO_FULL(State.TOOBIG),
    /** The model's size or the GPU's memory is not known. */
    UNKNOWN(State.OFFLINE);

    /**
     * Context and buffers take about a fifth on top of the weights, at Ollama's usual context
     * length.
     */
    private static final int FIFTHS = 6;

    private final State state;

    Fit(State state) {
        this.state = state;
    }

    State state() {
        return state;
    }

    /** Key of its words in the messages. */
    String key() {
        return "catalog.fit." + name();
    }

    /**
     * Bytes of GPU memory that a model takes.
     *
     * @param size bytes on disk
     */
    static long memoryFor(long size) {
        return size / 5 * FIFTHS;
    }

    /** Bytes of the largest device, what one model can use without being split; or unknown. */
    static @Nullable Long memoryOf(Agent node) {
        return node.gpuDevices().stream()
                .map(GpuDevice::memory)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }

    /**
     * @param size bytes on disk
     * @param held whether the node has it on its disk already
     */
    static Fit of(@Nullable Long size, boolean held, Agent node) {
        Long memory = memoryOf(node);
        if (size == null || memory == null) {
            return UNKNOWN;
        }
        if (memory < memoryFor(size)) {
            return GPU_TOO_SMALL;
        }
        Long free = node.diskFree();
        return !held && free != null && free < size ? DISK_TOO_FULL : FITS;
    }
}
