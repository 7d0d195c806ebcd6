package io.modelfleet.console.nodes;

import io.modelfleet.console.control.State;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Presence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the table says about a node. Figures that nobody knows are {@code null}.
 *
 * @param name the operator's name for it, or the machine's own
 * @param gpus model and number: {@code NVIDIA A100 × 2}
 * @param gpuMemory bytes of all devices
 * @param gpuMemoryUsed bytes of all devices
 * @param utilization percent of the busiest device
 * @param temperature degrees Celsius of the hottest device
 * @param models how many it holds
 */
record NodeFacts(
        Agent agent,
        String name,
        State presence,
        String gpus,
        @Nullable Long gpuMemory,
        @Nullable Long gpuMemoryUsed,
        @Nullable Integer utilization,
        @Nullable Integer temperature,
        int models) {

    static NodeFacts of(Agent agent, int models) {
        return new NodeFacts(
                agent,
                name(agent),
                presence(agent),
                gpus(agent),
                sum(agent, GpuDevice::memory),
                sum(agent, GpuDevice::memoryUsed),
                most(agent, GpuDevice::utilization),
                most(agent, GpuDevice::temperature),
                models);
    }

    /** 0 to 1; negative when it is not known, so that such nodes sort before empty ones. */
    double memoryShare() {
        return gpuMemory == null || gpuMemoryUsed == null || gpuMemory == 0
                ? -1
                : (double) gpuMemoryUsed / gpuMemory;
    }

    private static String name(Agent agent) {
        String custom = agent.customName();
        return custom == null || custom.isBlank() ? agent.machineName() : custom;
    }

    private static State presence(Agent agent) {
        if (agent.status() == Presence.OFFLINE) {
            return State.OFFLINE;
        }
        return agent.schedulable() ? State.ONLINE : State.PAUSED;
    }

    private static String gpus(Agent agent) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        agent.gpuDevices()
                .forEach(gpu -> counts.merge(shortModel(gpu), gpu.devices(), Integer::sum));
        return counts.entrySet().stream()
                .map(e -> e.getValue() == 1 ? e.getKey() : e.getKey() + " × " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Every device says who made it; in a narrow column that only hides the rest. */
    private static String shortModel(GpuDevice gpu) {
        return gpu.model().replaceFirst("^(NVIDIA|AMD|Intel) (GeForce )?", "");
    }

    private static @Nullable Long sum(Agent agent, Function<GpuDevice, @Nullable Long> of) {
        long sum = 0;
        for (GpuDevice gpu : agent.gpuDevices()) {
            Long one = of.apply(gpu);
            if (one == null) {
                return null;
            }
            sum += one * gpu.devices();
        }
        return agent.gpuDevices().isEmpty() ? null : sum;
    }

    private static @Nullable Integer most(Agent agent, Function<GpuDevice, @Nullable Integer> of) {
        Stream<Integer> known = agent.gpuDevices().stream().map(of).filter(Objects::nonNull);
        return known.max(Integer::compare).orElse(null);
    }
}
