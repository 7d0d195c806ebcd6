package io.modelfleet.agent.gpu;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;

/** Which sources are asked on which system, best first. */
public final class GpuProbes {

    private GpuProbes() {}

    /**
     * The sources for the system that this process runs on.
     *
     * @param hostMemory bytes of the machine's memory
     */
    public static List<GpuProbe> standard(LongSupplier hostMemory) {
        return forSystem(System.getProperty("os.name", ""), System.getenv(), hostMemory);
    }

    /**
     * What a person has told about the GPUs instead of a search.
     *
     * @param model {@code null} shows as {@code GPU}
     * @param memory of one device, in the words of {@link MemorySize#parse}
     * @param count {@code null} means 1
     * @throws IllegalArgumentException with a sentence for people
     */
    public static List<GpuProbe> byHand(
            @Nullable String model, @Nullable String memory, @Nullable Integer count) {
        return List.of(
                new ManualProbe(
                        model == null ? "GPU" : model,
                        memory == null ? null : MemorySize.parse(memory),
                        count == null ? 1 : count));
    }

    static List<GpuProbe> forSystem(
            String system, Map<String, String> environment, LongSupplier hostMemory) {
        String lower = system.toLowerCase(Locale.ROOT);
        CommandRunner commands = new ProcessRunner();
        if (lower.startsWith("mac")) {
            return List.of(new AppleProbe(commands));
        }
        if (lower.startsWith("windows")) {
            String root = environment.getOrDefault("SystemRoot", "C:\\Windows");
            String programs = environment.getOrDefault("ProgramFiles", "C:\\Program Files");
            return List.of(
                    new NvmlProbe(() -> NvmlLibrary.windows(root), "nvml.dll", hostMemory),
                    new NvidiaSmiProbe(
                            List.of(
                                    root + "\\System32\\nvidia-smi.exe",
                                    programs + "\\NVIDIA Corporation\\NVSMI\\nvidia-smi.exe"),
                            commands,
                            hostMemory),
                    new OshiProbe(() -> new SystemInfo().getHardware().getGraphicsCards()));
        }
        return List.of(
                new NvmlProbe(NvmlLibrary::linux, NvmlLibrary.LINUX_NAME, hostMemory),
                new NvidiaSmiProbe(
                        List.of("nvidia-smi", "/usr/lib/wsl/lib/nvidia-smi"), commands, hostMemory),
                new AmdSysfsProbe(Path.of("/sys"), hostMemory));
    }
}
