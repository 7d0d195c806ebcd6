package io.modelfleet.coordinator.policy;

import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.ModelName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which model a new node gets, by its GPU memory.
 *
 * @param enabled whether nodes get any
 * @param measure how a node's devices become one number
 * @param table highest threshold first
 */
public record AutoDistribution(boolean enabled, Measure measure, List<Row> table) {
    private static final long GIGABYTE = 1_000_000_000;

    /** How a node's devices become one number. */
    public enum Measure {
        /** The largest single device: what one model can use without being split. */
        LARGEST,
        /** All devices together. */
        SUM
    }

    /**
     * @param least bytes of GPU memory from which on the model is chosen
     */
    public record Row(long least, ModelName model) {}

    public AutoDistribution {
        table = table.stream().sorted(Comparator.comparingLong(Row::least).reversed()).toList();
    }

    /**
     * The quick start's table: decimal gigabytes, so that a "16 GB" card that reports 16376 MiB
     * counts as one.
     */
    public static List<Row> defaultTable() {
        return List.of(
                new Row(16 * GIGABYTE, ModelName.parse("gpt-oss:20b")),
                new Row(8 * GIGABYTE, ModelName.parse("gpt-oss:7b")),
                new Row(4_500_000_000L, ModelName.parse("gpt-oss:3b")),
                new Row(0, ModelName.parse("gpt-oss:1b")));
    }

    /**
     * The model for a node; none when switched off, when no memory is known, or below the lowest
     * row.
     */
    public Optional<ModelName> modelFor(List<GpuDevice> devices) {
        OptionalLong memory = memory(devices);
        if (!enabled || memory.isEmpty()) {
            return Optional.empty();
        }
        return table.stream()
                .filter(row -> memory.getAsLong() >= row.least())
                .map(Row::model)
                .findFirst();
    }

    private OptionalLong memory(List<GpuDevice> devices) {
        List<GpuDevice> known = devices.stream().filter(device -> device.memory() != null).toList();
        if (known.isEmpty()) {
            return OptionalLong.empty();
        }
        return switch (measure) {
            case LARGEST -> known.stream().mapToLong(AutoDistribution::bytes).max();
            case SUM ->
                    // A double does not overflow, whatever an agent reports, and the cast
                    // saturates.
                    OptionalLong.of(
                            (long)
                                    known.stream()
                                            .mapToDouble(
                                                    device ->
                                                            (double) bytes(device)
                                                                    * device.devices())
                                            .sum());
        };
    }

    private static long bytes(GpuDevice device) {
        return device.memory() == null ? 0 : device.memory();
    }
}
