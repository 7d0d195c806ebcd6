package io.modelfleet.simulator.demo;

import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.fleet.NodeSpec;
import io.modelfleet.simulator.fleet.SimulatedFleet.FleetSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The demo's six machines and its models, whose sizes are scaled down: a real gigabyte is about 4
 * MB here.
 */
public final class DemoFleet {
    private static final long GIBIBYTE = 1L << 30;
    private static final long MEGABYTE = 1_000_000;

    private DemoFleet() {}

    /**
     * @param port of the coordinator, 0 for any free one
     */
    public static FleetSpec spec(int port) {
        return new FleetSpec(
                port,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                models(),
                30 * MEGABYTE,
                nodes());
    }

    private static List<NodeSpec> nodes() {
        return List.of(
                node("gpu-24gb", "NVIDIA GeForce RTX 4090", 24, 1, 2000),
                node("gpu-16gb", "NVIDIA GeForce RTX 4080 SUPER", 16, 1, 1500),
                node("gpu-12gb-x2", "NVIDIA GeForce RTX 3060", 12, 2, 1000),
                node("gpu-8gb", "NVIDIA GeForce RTX 2080 SUPER", 8, 1, 800),
                node("gpu-6gb", "NVIDIA GeForce GTX 1660 Ti", 6, 1, 500),
                // Little disk, so that the refusal for a full one can be seen.
                node("gpu-4gb", "NVIDIA GeForce GTX 1650", 4, 1, 130));
    }

    private static NodeSpec node(
            String name, String gpu, long gigabytes, int gpus, long diskMegabytes) {
        return new NodeSpec(
                name, gpu, gigabytes * GIBIBYTE, gpus, diskMegabytes * MEGABYTE, 4 * MEGABYTE);
    }

    private static Map<ModelName, Long> models() {
        Map<ModelName, Long> models = new HashMap<>();
        add(models, "gpt-oss:120b", 260);
        add(models, "gpt-oss:20b", 55);
        add(models, "gpt-oss:7b", 18);
        add(models, "gpt-oss:3b", 12);
        add(models, "gpt-oss:1b", 8);
        add(models, "llama3.2:latest", 9);
        add(models, "llama3.2:3b", 9);
        add(models, "llama3.2:1b", 6);
        add(models, "llama3.3:70b", 170);
        add(models, "mistral:7b", 17);
        add(models, "phi3:mini", 10);
        add(models, "qwen3:8b", 21);
        add(models, "gemma3:4b", 14);
        add(models, "deepseek-r1:8b", 20);
        add(models, "nomic-embed-text:latest", 2);
        return models;
    }

    private static void add(Map<ModelName, Long> models, String name, long megabytes) {
        models.put(ModelName.parse(name), megabytes * MEGABYTE);
    }
}
