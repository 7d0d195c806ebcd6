package io.modelfleet.console.tasks;

import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks in every state, for the tests of this page. */
final class TaskSamples {
    static final long GB = 1_000_000_000L;

    private TaskSamples() {}

    /** What a test can say about a task; everything else is usual. */
    record Sample(
            String node,
            String model,
            TaskStatus status,
            int minutesAgo,
            TaskKind kind,
            double progress,
            @Nullable String error,
            @Nullable String code,
            int attempt) {
        Sample(String node, String model, TaskStatus status, int minutesAgo) {
            this(
                    node,
                    model,
                    status,
                    minutesAgo,
                    TaskKind.PULL,
                    status == TaskStatus.COMPLETED ? 1 : 0,
                    null,
                    null,
                    1);
        }

        Sample progress(double now) {
            return new Sample(node, model, status, minutesAgo, kind, now, error, code, attempt);
        }

        Sample error(String text, String named) {
            return new Sample(
                    node, model, status, minutesAgo, kind, progress, text, named, attempt);
        }

        Sample attempt(int now) {
            return new Sample(node, model, status, minutesAgo, kind, progress, error, code, now);
        }

        Sample removal() {
            return new Sample(
                    node,
                    model,
                    status,
                    minutesAgo,
                    TaskKind.REMOVE,
                    progress,
                    error,
                    code,
                    attempt);
        }

        UUID id() {
            return Fleets.id(node + "/" + model + "/" + minutesAgo);
        }

        Task task() {
            boolean moves = status == TaskStatus.DOWNLOADING;
            boolean waits = status == TaskStatus.PENDING || status == TaskStatus.QUEUED;
            Instant created = Fleets.NOW.minusSeconds(60L * minutesAgo);
            long total = (8 + model.length()) * GB;
            return new Task(
                    id(),
                    kind,
                    Fleets.id(node),
                    ModelName.parse(model),
                    status,
                    progress,
                    moves ? 48_000_000 : 0,
                    waits ? null : (long) (progress * total),
                    waits ? null : total,
                    moves ? (long) ((1 - progress) * total / 48_000_000) : null,
                    attempt,
                    error,
                    code,
                    null,
                    created,
                    waits ? null : created.plusSeconds(3),
                    Fleets.NOW.minusSeconds(2),
                    status.isFinal() ? created.plusSeconds(50) : null);
        }
    }

    static Sample sample(String node, String model, TaskStatus status, int minutesAgo) {
        return new Sample(node, model, status, minutesAgo);
    }

    /** Twelve nodes, with names of every length. */
    static List<Agent> nodes() {
        List<Agent> nodes = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            nodes.add(
                    Fleets.agent(
                            "gpu-0" + i,
                            i == 3 ? Presence.OFFLINE : Presence.ONLINE,
                            Fleets.gpu("NVIDIA GeForce RTX 4090", 24, .3, 20, 50)));
        }
        for (String name :
                List.of("研究室-東京-03", "workstation-vision-lab-042.example", "gpu-small")) {
            nodes.add(
                    Fleets.agent(
                            name,
                            Presence.ONLINE,
                            Fleets.gpu("NVIDIA GeForce RTX 3060", 12, .3, 20, 50)));
        }
        return nodes;
    }

    /** A busy afternoon. */
    static List<Task> afternoon() {
        List<Sample> samples = new ArrayList<>();
        samples.add(sample("gpu-01", "qwen3:8b", TaskStatus.PENDING, 0));
        samples.add(sample("gpu-01", "mistral:7b", TaskStatus.QUEUED, 1));
        samples.add(sample("gpu-02", "gpt-oss:20b", TaskStatus.DOWNLOADING, 2).progress(.45));
        samples.add(
                sample("研究室-東京-03", "gemma3:12b", TaskStatus.DOWNLOADING, 3)
                        .progress(.07)
                        .attempt(2));
        samples.add(sample("gpu-04", "llama3.2:3b", TaskStatus.VERIFYING, 4).progress(1));
        samples.add(
                sample(
                                "workstation-vision-lab-042.example",
                                "hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M",
                                TaskStatus.DOWNLOADING,
                                5)
                        .progress(.992));
        samples.add(
                sample("gpu-05", "deepseek-r1:70b", TaskStatus.FAILED, 6)
                        .progress(.61)
                        .attempt(3)
                        .error(
                                "the disk filled up during the download: write"
                                        + " /var/lib/ollama/models/blobs/sha256-4824460d29f2058aaf6e1118a63a7a197a09bed509f0e7d4e2efb1ee273b447d-partial-11:"
                                        + " no space left on device; free space on the disk of Ollama's model store, then retry",
                                "DISK_FULL"));
        samples.add(
                sample("gpu-03", "phi4:14b", TaskStatus.FAILED, 8)
                        .attempt(5)
                        .error(
                                "the agent could not be reached: connection refused",
                                "AGENT_UNREACHABLE"));
        samples.add(sample("gpu-06", "llava:13b", TaskStatus.CANCELLED, 11).progress(.33));
        samples.add(sample("gpu-07", "gpt-oss:7b", TaskStatus.COMPLETED, 12).removal());
        samples.add(sample("gpu-06", "gpt-oss:7b", TaskStatus.DOWNLOADING, 13).removal());
        for (int i = 0; i < 40; i++) {
            samples.add(
                    sample(
                            "gpu-0" + (1 + i % 9),
                            List.of("gpt-oss:20b", "llama3.2:3b", "mistral:7b").get(i % 3),
                            TaskStatus.COMPLETED,
                            20 + i * 37));
        }
        return samples.stream().map(Sample::task).toList();
    }

    static Changes fleet(long version, List<Task> tasks) {
        return Fleets.full(version, nodes(), List.of(), tasks);
    }

    static Changes tasks(long version, Task... changed) {
        return new Changes(version, false, List.of(), List.of(), List.of(), List.of(changed));
    }
}
