package io.modelfleet.console.testing;

import static io.modelfleet.console.testing.Fleets.agent;
import static io.modelfleet.console.testing.Fleets.gpu;
import static io.modelfleet.console.testing.Fleets.model;
import static io.modelfleet.console.testing.Fleets.models;
import static io.modelfleet.console.testing.Fleets.task;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.AvailableModel;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fourteen nodes in every state, with long and Japanese names, and the catalog that goes with it.
 */
public final class LargeFleet {
    private static final long GB = 1_000_000_000L;

    private LargeFleet() {}

    /** The same node with another disk and another name. */
    public static Agent with(Agent node, @Nullable String name, @Nullable Long diskFree) {
        return new Agent(
                node.id(),
                node.machineName(),
                name,
                node.ipAddress(),
                node.ollamaVersion(),
                node.ollamaPort(),
                node.agentApiPort(),
                node.status(),
                node.schedulable(),
                node.registeredAt(),
                node.lastSeen(),
                node.gpuAvailable(),
                node.gpuCount(),
                node.gpuModel(),
                node.gpuDevices(),
                node.gpuMemory(),
                node.cpuUsage(),
                node.memoryUsage(),
                node.diskTotal(),
                diskFree,
                node.loadedModels(),
                node.tags(),
                node.notes(),
                node.ollama(),
                node.agentVersion());
    }

    /** A device that tells nothing but its model. */
    public static GpuDevice silent(String model) {
        return new GpuDevice("GPU-0", "amd", model, 1, null, null, null, null, null, null);
    }

    public static Changes all() {
        return Fleets.full(2000, nodes(), holdings(), tasks());
    }

    private static List<Agent> nodes() {
        GpuDevice ada = gpu("NVIDIA GeForce RTX 4090", 24, .62, 71, 64);
        GpuDevice hopper = gpu("NVIDIA H100 80GB HBM3", 80, .88, 97, 72);
        return List.of(
                agent("gpu-01", Presence.ONLINE, ada),
                agent("gpu-02", Presence.ONLINE, ada, ada),
                agent("gpu-03", Presence.OFFLINE, gpu("NVIDIA GeForce RTX 3060", 12, 0, 0, 31)),
                with(agent("gpu-04", Presence.ONLINE, hopper, hopper), null, 96 * GB),
                agent("gpu-05", Presence.ONLINE, false, gpu("NVIDIA RTX A6000", 48, .1, 0, 38)),
                with(
                        agent(
                                "gpu-06",
                                Presence.ONLINE,
                                gpu("NVIDIA GeForce GTX 1660 Ti", 6, .97, 100, 83)),
                        null,
                        8_200_000_000L),
                with(agent("gpu-07", Presence.ONLINE, ada), "検証機・東京第二", 21 * GB),
                with(agent("gpu-08", Presence.ONLINE, silent("AMD Radeon PRO W7900")), null, null),
                with(
                        agent("gpu-09", Presence.ONLINE, hopper, hopper, hopper, hopper),
                        "inference-rack-7-slot-12-eu-central",
                        1640 * GB),
                agent("gpu-10", Presence.ONLINE, gpu("NVIDIA L40S", 48, .5, 44, 55)),
                agent("gpu-11", Presence.OFFLINE, false, ada),
                agent("gpu-12", Presence.ONLINE, gpu("NVIDIA A10G", 24, .3, 21, 49)),
                agent("gpu-13", Presence.ONLINE, gpu("NVIDIA GeForce RTX 5090", 32, .2, 8, 41)),
                agent("gpu-14", Presence.ONLINE, gpu("NVIDIA Tesla T4", 16, .7, 62, 70)));
    }

    private static List<NodeModels> holdings() {
        return List.of(
                models("gpu-01", model("gpt-oss:20b", 13.8), model("llama3.2:3b", 2.0)),
                models("gpu-02", model("gpt-oss:20b", 13.8)),
                models("gpu-03", model("gpt-oss:7b", 4.7)),
                models("gpu-04", model("mistral:7b", 4.4), model("qwen3:8b", 5.2)),
                models("gpu-07", model("gemma3:12b", 8.1)),
                models("gpu-09", model("llama3.3:70b", 42.5), model("gpt-oss:20b", 13.8)),
                models("gpu-12", model("phi4:14b", 9.1)),
                models("gpu-14", model("example.org/team/support-assistant-ja:q4_K_M", 9.9)));
    }

    private static List<Task> tasks() {
        return List.of(
                task("gpu-01", "mistral:7b", TaskStatus.DOWNLOADING, .45),
                task("gpu-10", "gpt-oss:20b", TaskStatus.DOWNLOADING, .12),
                task("gpu-12", "mistral:7b", TaskStatus.QUEUED, 0),
                task("gpu-13", "qwen3:8b", TaskStatus.FAILED, .2, "no space left", "DISK_FULL"));
    }

    public static AvailableModels catalog() {
        return new AvailableModels(
                List.of(
                        available("gpt-oss:20b", 13.8, "Open weights for reasoning and tools"),
                        available("gpt-oss:120b", 65.4, "The large one, for 80 GB devices"),
                        available("llama3.2:3b", 2.0, "Small and quick"),
                        available("llama3.3:70b", 42.5, "General purpose, large"),
                        available("mistral:7b", 4.4, "General purpose"),
                        available("qwen3:8b", 5.2, "Multilingual, with reasoning"),
                        available("gemma3:12b", 8.1, "Text and pictures"),
                        available("phi4:14b", 9.1, "Reasoning in a small size"),
                        available("deepseek-r1:8b", null, "Reasoning")),
                AvailableModels.Source.OLLAMA_LIBRARY);
    }

    private static AvailableModel available(String name, @Nullable Double size, String about) {
        return new AvailableModel(ModelName.parse(name), name, size, about);
    }
}
