package io.modelfleet.agent.gpu;

/** One source of knowledge about this machine's GPUs. Asked by one thread at a time. */
public interface GpuProbe {

    /** Short name for log lines, such as {@code nvidia-smi}. */
    String source();

    /**
     * Asks the source now. May block for as long as the source's own time limit; a source that is
     * missing or sick is a value, not an exception.
     */
    GpuFinding look();
}
