package io.modelfleet.console.overview;

import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine room where everything that can be wrong is wrong somewhere. */
final class Floor {
    private static final long GB = 1_000_000_000L;
    private static final GpuDevice RTX = Fleets.gpu("NVIDIA GeForce RTX 4090", 24, .62, 71, 64);
    private static final GpuDevice A100 = Fleets.gpu("NVIDIA A100 80GB PCIe", 80, .4, 35, 51);

    private Floor() {}

    static Agent node(
            String name,
            @Nullable String custom,
            Presence presence,
            boolean schedulable,
            OllamaState ollama,
            long freeGb,
            GpuDevice... gpus) {
        Agent plain = Fleets.agent(name, presence, schedulable, gpus);
        return new Agent(
                plain.id(),
                name,
                custom,
                plain.ipAddress(),
                plain.ollamaVersion(),
                plain.ollamaPort(),
                plain.agentApiPort(),
                presence,
                schedulable,
                plain.registeredAt(),
                plain.lastSeen(),
                plain.gpuAvailable(),
                plain.gpuCount(),
                plain.gpuModel(),
                plain.gpuDevices(),
                plain.gpuMemory(),
                plain.cpuUsage(),
                plain.memoryUsage(),
                1000 * GB,
                freeGb * GB,
                plain.loadedModels(),
                plain.tags(),
                plain.notes(),
                ollama,
                plain.agentVersion());
    }

    static Agent node(String name, Presence presence) {
        return node(name, null, presence, true, OllamaState.OK, 700, RTX);
    }

    static NodeModel version(NodeModel model, String digest) {
        return new NodeModel(
                model.name(),
                model.sizeGb(),
                model.installedAt(),
                Digest.of(digest.getBytes(StandardCharsets.UTF_8)),
                model.size(),
                model.loaded());
    }

    /** The same task at other times. */
    static Task at(Task task, Instant created, Instant updated) {
        return new Task(
                task.id(),
                task.kind(),
                task.agentId(),
                task.modelName(),
                task.status(),
                task.progress(),
                task.downloadSpeedBps(),
                task.bytesCompleted(),
                task.bytesTotal(),
                task.etaSeconds(),
                task.attempt(),
                task.error(),
                task.errorCode(),
                task.retryOf(),
                created,
                task.startedAt(),
                updated,
                task.status().isFinal() ? updated : null);
    }

    static Task ended(String node, String model, TaskStatus status, int minutesAgo) {
        Instant end = Fleets.NOW.minusSeconds(60L * minutesAgo);
        boolean failed = status == TaskStatus.FAILED;
        return at(
                Fleets.task(
                        node,
                        model,
                        status,
                        failed ? .3 : 1,
                        failed ? "the registry cannot be reached" : null,
                        failed ? "REGISTRY_UNREACHABLE" : null),
                end.minusSeconds(600),
                end);
    }

    static Changes full() {
        NodeModel big = Fleets.model("gpt-oss:20b", 13.8);
        return Fleets.full(
                2000,
                List.of(
                        node("gpu-01", Presence.ONLINE),
                        node("gpu-02", Presence.ONLINE),
                        node("gpu-03", Presence.OFFLINE),
                        node(
                                "gpu-04",
                                null,
                                Presence.ONLINE,
                                true,
                                OllamaState.OK,
                                400,
                                A100,
                                A100),
                        node("gpu-05", null, Presence.ONLINE, false, OllamaState.OK, 500, A100),
                        node("gpu-06", null, Presence.ONLINE, true, OllamaState.OK, 38, RTX),
                        node(
                                "gpu-07",
                                null,
                                Presence.ONLINE,
                                true,
                                OllamaState.UNREACHABLE,
                                600,
                                RTX),
                        node(
                                "gpu-08",
                                "研究室の大きな計算機",
                                Presence.ONLINE,
                                true,
                                OllamaState.OK,
                                61,
                                A100),
                        node(
                                "render-farm-node-with-a-very-long-host-name-017.example.internal",
                                Presence.ONLINE),
                        node("gpu-10", Presence.OFFLINE),
                        node("gpu-11", Presence.ONLINE),
                        node("gpu-12", Presence.ONLINE),
                        node("gpu-13", Presence.ONLINE)),
                List.of(
                        holds(
                                "gpu-01",
                                big,
                                Fleets.model("llama3.2:3b", 2),
                                Fleets.model("mistral:7b", 4.4)),
                        holds("gpu-02", big, Fleets.model("qwen3:8b", 5.2)),
                        holds("gpu-03", version(big, "older")),
                        holds("gpu-04", big, Fleets.model("llama3.3:70b-instruct-q4_K_M", 42.5)),
                        holds("gpu-05", Fleets.model("gemma3:27b", 17.4)),
                        holds("gpu-06", Fleets.model("phi4:14b", 9.1)),
                        holds(
                                "gpu-08",
                                Fleets.model(
                                        "hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M", 2)),
                        holds("gpu-11", Fleets.model("deepseek-r1:32b", 19.9)),
                        holds("gpu-12", Fleets.model("nomic-embed-text:v1.5", .3))),
                List.of(
                        Fleets.task("gpu-01", "gemma3:27b", TaskStatus.DOWNLOADING, .45),
                        Fleets.task("gpu-02", "mistral:7b", TaskStatus.DOWNLOADING, .08),
                        Fleets.task("gpu-04", "deepseek-r1:32b", TaskStatus.VERIFYING, 1),
                        Fleets.task(
                                "render-farm-node-with-a-very-long-host-name-017.example.internal",
                                "hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M",
                                TaskStatus.DOWNLOADING,
                                .91),
                        Fleets.task("gpu-08", "mistral:7b", TaskStatus.DOWNLOADING, .33),
                        Fleets.task("gpu-11", "mistral:7b", TaskStatus.QUEUED, 0),
                        Fleets.task("gpu-03", "mistral:7b", TaskStatus.PENDING, 0),
                        ended("gpu-11", "qwen3:8b", TaskStatus.FAILED, 12),
                        ended("gpu-12", "qwen3:8b", TaskStatus.FAILED, 12),
                        ended("gpu-13", "phi4:14b", TaskStatus.FAILED, 40),
                        ended("gpu-01", "mistral:7b", TaskStatus.COMPLETED, 3),
                        ended("gpu-04", "llama3.3:70b-instruct-q4_K_M", TaskStatus.COMPLETED, 65),
                        ended("gpu-05", "gemma3:27b", TaskStatus.COMPLETED, 90),
                        ended("gpu-06", "gemma3:27b", TaskStatus.CANCELLED, 130),
                        ended("gpu-12", "nomic-embed-text:v1.5", TaskStatus.COMPLETED, 1500)));
    }

    private static NodeModels holds(String node, NodeModel... models) {
        return Fleets.models(node, models);
    }
}
