package io.modelfleet.console.matrix;

import static io.modelfleet.console.testing.Fleets.NOW;
import static io.modelfleet.console.testing.Fleets.gpu;
import static io.modelfleet.console.testing.Fleets.id;
import static io.modelfleet.console.testing.Fleets.model;
import static io.modelfleet.console.testing.Fleets.models;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fleets with every state that a cell can have. */
final class MatrixFleet {
    static final long GB = 1_000_000_000L;

    private MatrixFleet() {}

    static FleetState state(List<Agent> agents, List<NodeModels> models, List<Task> tasks) {
        return FleetState.EMPTY.apply(Fleets.full(1, agents, models, tasks));
    }

    static Agent node(String name) {
        return Fleets.agent(name, Presence.ONLINE, gpu("NVIDIA GeForce RTX 4090", 24, .5, 40, 60));
    }

    static Agent offline(String name) {
        return Fleets.agent(name, Presence.OFFLINE, gpu("NVIDIA GeForce RTX 4090", 24, .5, 0, 30));
    }

    static Agent paused(String name) {
        return Fleets.agent(
                name, Presence.ONLINE, false, gpu("NVIDIA GeForce RTX 4090", 24, .5, 0, 30));
    }

    /** Like another node, with another name for it, tags and room on the disk. */
    static Agent node(
            String machine,
            @Nullable String name,
            Presence presence,
            long diskFree,
            List<String> tags,
            GpuDevice... gpus) {
        Agent like = Fleets.agent(machine, presence, gpus);
        return new Agent(
                like.id(),
                machine,
                name,
                like.ipAddress(),
                like.ollamaVersion(),
                like.ollamaPort(),
                like.agentApiPort(),
                presence,
                true,
                like.registeredAt(),
                like.lastSeen(),
                true,
                like.gpuCount(),
                like.gpuModel(),
                like.gpuDevices(),
                like.gpuMemory(),
                like.cpuUsage(),
                like.memoryUsage(),
                like.diskTotal(),
                diskFree,
                List.of(),
                tags,
                null,
                like.ollama(),
                like.agentVersion());
    }

    /** The same name with other bytes, installed at another time. */
    static NodeModel version(String name, double gigabytes, String content, Instant installed) {
        return new NodeModel(
                ModelName.parse(name),
                gigabytes,
                installed,
                Digest.of(content.getBytes(StandardCharsets.UTF_8)),
                (long) (gigabytes * GB),
                false);
    }

    static Task removal(String node, String name, TaskStatus status) {
        Task like = Fleets.task(node, name, status, 0);
        return new Task(
                like.id(),
                TaskKind.REMOVE,
                like.agentId(),
                like.modelName(),
                status,
                0,
                0,
                null,
                null,
                null,
                1,
                null,
                null,
                null,
                like.createdAt(),
                like.startedAt(),
                like.updatedAt(),
                like.completedAt());
    }

    private static Task task(String node, String model, TaskStatus status, double progress) {
        return Fleets.task(node, model, status, progress);
    }

    private static final String DEEP = "hf.co/bartowski/Qwen2.5-Coder-32B-Instruct-GGUF:Q4_K_M";
    private static final String LONG_NAME = "workstation-of-the-third-floor-by-the-window";

    /** What the pictures show: 14 nodes, 10 models, every state, long names. */
    static Changes office() {
        GpuDevice big = gpu("NVIDIA A100 80GB PCIe", 80, .4, 35, 51);
        GpuDevice usual = gpu("NVIDIA GeForce RTX 4090", 24, .6, 71, 64);
        GpuDevice small = gpu("NVIDIA GeForce RTX 3060", 12, .3, 5, 41);
        GpuDevice tiny = gpu("NVIDIA GeForce GTX 1660 Ti", 6, .9, 99, 83);
        List<String> lab = List.of("lab");
        List<String> school = List.of("school");
        Instant old = Instant.parse("2026-09-02T09:30:00Z");
        List<Agent> agents =
                List.of(
                        node("gpu-01", null, Presence.ONLINE, 840 * GB, lab, usual),
                        node("gpu-02", null, Presence.ONLINE, 412 * GB, lab, usual),
                        node("gpu-03", null, Presence.OFFLINE, 300 * GB, lab, small),
                        node("gpu-04", null, Presence.ONLINE, 1900 * GB, lab, big, big),
                        Fleets.agent("gpu-05", Presence.ONLINE, false, usual),
                        node("gpu-06", null, Presence.ONLINE, 51 * GB, school, tiny),
                        node("gpu-07", null, Presence.ONLINE, 3 * GB, school, small),
                        node("gpu-08", null, Presence.ONLINE, 220 * GB, school, small),
                        node("gpu-09", null, Presence.ONLINE, 610 * GB, lab, usual),
                        node("ws-31", LONG_NAME, Presence.ONLINE, 95 * GB, lab, small),
                        node("ws-32", "研究室ワークステーション", Presence.ONLINE, 77 * GB, lab, usual),
                        node("ws-33", null, Presence.ONLINE, 88 * GB, school, small),
                        node("ws-34", null, Presence.ONLINE, 120 * GB, school, tiny),
                        node("render-node-a", null, Presence.ONLINE, 1400 * GB, lab, big));
        NodeModel gpt = model("gpt-oss:20b", 13.8);
        NodeModel llama = model("llama3.2:3b", 2.0);
        NodeModel oldLlama = version("llama3.2:3b", 1.9, "an older llama", old);
        NodeModel mistral = model("mistral:7b", 4.4);
        NodeModel embed = model("nomic-embed-text:latest", 0.3);
        NodeModel huge = model("llama3.3:70b-instruct-q4_K_M", 42.5);
        NodeModel gemma = model("gemma3:12b", 8.1);
        List<NodeModels> holdings =
                List.of(
                        models("gpu-01", gpt, llama, embed, gemma),
                        models("gpu-02", gpt, oldLlama, embed),
                        models("gpu-03", llama, mistral, embed),
                        models("gpu-04", gpt, llama, mistral, embed, huge, model(DEEP, 19.9)),
                        models("gpu-05", gpt, mistral, embed, gemma),
                        models("gpu-06", oldLlama, embed),
                        models("gpu-07", llama, embed),
                        models("gpu-08", llama, mistral, embed),
                        models("gpu-09", gpt, llama, embed, model("qwen3:8b", 5.2)),
                        models("ws-31", llama, embed),
                        models("ws-32", gpt, llama, mistral, embed),
                        models("ws-33", oldLlama, embed, model("phi4-mini:3.8b", 2.5)),
                        models("ws-34", embed, model("gpt-oss:3b", 2.0)),
                        models("render-node-a", gpt, mistral, embed, huge));
        List<Task> tasks =
                List.of(
                        task("gpu-01", "mistral:7b", TaskStatus.DOWNLOADING, .45),
                        task("gpu-02", "mistral:7b", TaskStatus.QUEUED, 0),
                        task("gpu-09", "mistral:7b", TaskStatus.VERIFYING, .99),
                        task("ws-31", "mistral:7b", TaskStatus.DOWNLOADING, .04),
                        task("ws-33", "mistral:7b", TaskStatus.PENDING, 0),
                        task("ws-32", "qwen3:8b", TaskStatus.DOWNLOADING, .93),
                        task("gpu-02", "gemma3:12b", TaskStatus.DOWNLOADING, .71),
                        removal("gpu-08", "mistral:7b", TaskStatus.QUEUED),
                        Fleets.task(
                                "gpu-01",
                                "qwen3:8b",
                                TaskStatus.FAILED,
                                .2,
                                "the registry cannot be reached: connection timed out",
                                "REGISTRY_UNREACHABLE"),
                        Fleets.task(
                                "ws-34",
                                "llama3.2:3b",
                                TaskStatus.FAILED,
                                .6,
                                "no space left on device",
                                "DISK_FULL"));
        return Fleets.full(1000, agents, holdings, tasks);
    }

    static Instant before() {
        return NOW.minusSeconds(86_400);
    }

    static CellKey key(String node, String model) {
        return new CellKey(id(node), ModelName.parse(model));
    }
}
