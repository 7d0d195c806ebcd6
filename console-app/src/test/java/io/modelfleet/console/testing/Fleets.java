package io.modelfleet.console.testing;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Made-up nodes, models and tasks, as the contract would show them. */
public final class Fleets {
    /** When everything here was said. */
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final long GB = 1_000_000_000L;
    private static final int DRIVER_YEAR = 580;

    private Fleets() {}

    /** The same id for the same name, in every run. */
    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public static GpuDevice gpu(String model, int gigabytes, double used, int load, int degrees) {
        return new GpuDevice(
                "GPU-" + id(model),
                "nvidia",
                model,
                1,
                gigabytes * GB,
                (long) (gigabytes * used * GB),
                load,
                degrees,
                DRIVER_YEAR + ".65",
                "8.9");
    }

    public static Agent agent(String name, Presence presence, GpuDevice... gpus) {
        return agent(name, presence, true, gpus);
    }

    public static Agent agent(
            String name, Presence presence, boolean schedulable, GpuDevice... gpus) {
        return new Agent(
                id(name),
                name,
                null,
                "192.0.2." + (10 + Math.abs(name.hashCode() % 200)),
                "0.13.1",
                11434,
                11435,
                presence,
                schedulable,
                Instant.parse("2026-11-01T08:00:00Z"),
                presence == Presence.ONLINE ? NOW.minusSeconds(2) : NOW.minusSeconds(7200),
                true,
                gpus.length,
                gpus.length == 0 ? null : gpus[0].model(),
                List.of(gpus),
                gpus.length == 0 ? null : gpus[0].memory(),
                12.0,
                40.0,
                2000 * GB,
                840 * GB,
                List.of(),
                List.of("lab"),
                null,
                OllamaState.OK,
                "0.1.0");
    }

    public static NodeModel model(String name, double gigabytes) {
        return new NodeModel(
                ModelName.parse(name),
                gigabytes,
                Instant.parse("2026-11-20T09:30:00Z"),
                Digest.of(name.getBytes(StandardCharsets.UTF_8)),
                (long) (gigabytes * GB),
                false);
    }

    public static NodeModels models(String node, NodeModel... models) {
        return new NodeModels(id(node), List.of(models));
    }

    public static Task task(String node, String model, TaskStatus status, double progress) {
        return task(node, model, status, progress, null, null);
    }

    public static Task task(
            String node,
            String model,
            TaskStatus status,
            double progress,
            @Nullable String error,
            @Nullable String code) {
        boolean moves = status == TaskStatus.DOWNLOADING;
        return new Task(
                id(node + "/" + model),
                TaskKind.PULL,
                id(node),
                ModelName.parse(model),
                status,
                progress,
                moves ? 48_000_000 : 0,
                (long) (progress * 14 * GB),
                14 * GB,
                moves ? 160L : null,
                1,
                error,
                code,
                null,
                NOW.minusSeconds(300),
                status == TaskStatus.PENDING ? null : NOW.minusSeconds(290),
                NOW.minusSeconds(3),
                status.isFinal() ? NOW.minusSeconds(3) : null);
    }

    /** Everything there is, as the first answer. */
    public static Changes full(
            long version, List<Agent> agents, List<NodeModels> models, List<Task> tasks) {
        return new Changes(version, true, agents, List.of(), models, tasks);
    }

    public static Changes agents(long version, Agent... changed) {
        return new Changes(version, false, Arrays.asList(changed), List.of(), List.of(), List.of());
    }

    /** Six nodes of different kinds: what the pictures show. */
    public static Changes lab() {
        return full(
                1000,
                List.of(
                        agent(
                                "gpu-01",
                                Presence.ONLINE,
                                gpu("NVIDIA GeForce RTX 4090", 24, .62, 71, 64)),
                        agent(
                                "gpu-02",
                                Presence.ONLINE,
                                gpu("NVIDIA GeForce RTX 4090", 24, .9, 99, 78)),
                        agent(
                                "gpu-03",
                                Presence.OFFLINE,
                                gpu("NVIDIA GeForce RTX 3060", 12, 0, 0, 31)),
                        agent(
                                "gpu-04",
                                Presence.ONLINE,
                                gpu("NVIDIA A100 80GB PCIe", 80, .4, 35, 51),
                                gpu("NVIDIA A100 80GB PCIe", 80, .2, 10, 47)),
                        agent(
                                "gpu-05",
                                Presence.ONLINE,
                                false,
                                gpu("NVIDIA RTX A6000", 48, .1, 0, 38)),
                        agent(
                                "gpu-06",
                                Presence.ONLINE,
                                gpu("NVIDIA GeForce GTX 1660 Ti", 6, .97, 100, 83))),
                List.of(
                        models("gpu-01", model("gpt-oss:20b", 13.8), model("llama3.2:3b", 2.0)),
                        models("gpu-02", model("gpt-oss:20b", 13.8)),
                        models("gpu-03", model("gpt-oss:7b", 4.7)),
                        models("gpu-04", model("gpt-oss:20b", 13.8), model("mistral:7b", 4.4)),
                        models("gpu-06", model("gpt-oss:3b", 2.0))),
                List.of(
                        task("gpu-01", "mistral:7b", TaskStatus.DOWNLOADING, .45),
                        task("gpu-02", "mistral:7b", TaskStatus.QUEUED, 0),
                        task(
                                "gpu-01",
                                "qwen3:8b",
                                TaskStatus.FAILED,
                                .2,
                                "the registry cannot be reached",
                                "REGISTRY_UNREACHABLE"),
                        task("gpu-04", "mistral:7b", TaskStatus.COMPLETED, 1)));
    }
}
