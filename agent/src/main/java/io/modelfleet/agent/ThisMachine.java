package io.modelfleet.agent;

import io.modelfleet.agent.gpu.GpuMonitor;
import io.modelfleet.agent.gpu.GpuProbe;
import io.modelfleet.agent.gpu.GpuProbes;
import io.modelfleet.agent.gpu.GpuSnapshot;
import io.modelfleet.agent.host.DiskSpace;
import io.modelfleet.agent.host.HostFigures;
import io.modelfleet.agent.host.HostProbe;
import io.modelfleet.agent.host.MachineName;
import io.modelfleet.agent.host.ModelStore;
import io.modelfleet.agent.link.NodeFigures;
import io.modelfleet.agent.pull.SteadyTime;
import io.modelfleet.agent.pull.StoreSpace;
import io.modelfleet.service.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The machine that this process runs on, as the agent's link and queue ask about it. */
final class ThisMachine implements AutoCloseable {
    /** Fresh figures for each heartbeat. */
    private static final Duration SAMPLE = Duration.ofSeconds(2);

    private final GpuMonitor gpus;
    private final HostProbe host;
    private final @Nullable Path modelStore;

    private ThisMachine(GpuMonitor gpus, HostProbe host, @Nullable Path modelStore) {
        this.gpus = gpus;
        this.host = host;
        this.modelStore = modelStore;
    }

    /**
     * @throws InvalidSettingException when what is told about the GPU by hand is impossible
     */
    static ThisMachine of(
            @Nullable Path modelStore,
            @Nullable String gpuModel,
            @Nullable String gpuMemory,
            @Nullable Integer gpuCount) {
        HostProbe host = HostProbe.ofThisMachine();
        List<GpuProbe> probes = probes(host, gpuModel, gpuMemory, gpuCount);
        return new ThisMachine(
                new GpuMonitor(probes, SAMPLE, SteadyTime.system()), host, modelStore);
    }

    private static List<GpuProbe> probes(
            HostProbe host,
            @Nullable String gpuModel,
            @Nullable String gpuMemory,
            @Nullable Integer gpuCount) {
        if (gpuModel == null && gpuMemory == null && gpuCount == null) {
            return GpuProbes.standard(host::memoryTotal);
        }
        try {
            return GpuProbes.byHand(gpuModel, gpuMemory, gpuCount);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "--gpu-model, --gpu-memory and --gpu-count: " + e.getMessage());
        }
    }

    static String name(Map<String, String> environment) {
        return MachineName.find(environment);
    }

    static Path modelStore(Map<String, String> environment, Path home) {
        return ModelStore.locate(environment, home);
    }

    /** Searches for GPUs, which may take seconds, and goes on sampling them. */
    void start() {
        host.sample();
        gpus.detect();
        gpus.start();
    }

    NodeFigures figures() {
        GpuSnapshot gpu = gpus.latest();
        HostFigures load = host.sample();
        return new NodeFigures(
                gpu.devices(),
                gpu.usage(),
                gpu.memoryTotalMb(),
                gpu.memoryUsedMb(),
                gpu.temperature(),
                load.cpuUsage(),
                load.memoryUsage());
    }

    Optional<StoreSpace> disk() {
        return modelStore == null
                ? Optional.empty()
                : DiskSpace.holding(modelStore)
                        .map(space -> new StoreSpace(space.total(), space.usable()));
    }

    @Override
    public void close() {
        gpus.close();
    }
}
