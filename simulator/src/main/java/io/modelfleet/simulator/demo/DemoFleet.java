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
                node("gpu-24gb", "NVIDIA GeForce RTX 4090", 24, 1, 3000),
                node("gpu-16gb", "NVIDIA GeForce RTX 4080 SUPER", 16, 1, 2000),
                node("gpu-12gb-x2", "NVIDIA GeForce RTX 3060", 12, 2, 1500),
                node("gpu-8gb", "NVIDIA GeForce RTX 2080 SUPER", 8, 1, 1000),
                node("gpu-6gb", "NVIDIA GeForce GTX 1660 Ti", 6, 1, 800),
                // Little disk, so that the refusal for a full one can be seen.
                node("gpu-4gb", "NVIDIA GeForce GTX 1650", 4, 1, 300));
    }

    private static NodeSpec node(
            String name, String gpu, long gigabytes, int gpus, long diskMegabytes) {
        return new NodeSpec(
                name, gpu, gigabytes * GIBIBYTE, gpus, diskMegabytes * MEGABYTE, 10 * MEGABYTE);
    }

    private static Map<ModelName, Long> models() {
        Map<ModelName, Long> models = new HashMap<>();
        add(models, "gpt-oss:120b", 650);
        add(models, "gpt-oss:20b", 138);
        add(models, "gpt-oss:7b", 70);
        add(models, "gpt-oss:3b", 60);
        add(models, "gpt-oss:1b", 50);
        add(models, "llama3.2:latest", 52);
        add(models, "llama3.2:3b", 51);
        add(models, "llama3.2:1b", 50);
        add(models, "llama3.3:70b", 430);
        add(models, "mistral:7b", 75);
        add(models, "phi3:mini", 55);
        add(models, "qwen3:8b", 80);
        add(models, "gemma3:4b", 65);
        add(models, "deepseek-r1:8b", 78);
        add(models, "nomic-embed-text:latest", 50);
        return models;
    }

    private static void add(Map<ModelName, Long> models, String name, long megabytes) {
        models.put(ModelName.parse(name), megabytes * MEGABYTE);
    }
}
