package io.modelfleet.agent.gpu;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The GPU of an Apple Silicon chip, which shares the machine's memory. Intel Macs have none that
 * Ollama could use.
 */
public final class AppleProbe implements GpuProbe {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long MEBIBYTE = 1L << 20;

    /** Up to here macOS lends two thirds of the memory to the GPU, above it three quarters. */
    private static final long SMALL_MACHINE = 32L << 30;

    private final CommandRunner commands;

    /** Asked once: system_profiler takes a second, and a chip does not change. */
    private @Nullable String model;

    public AppleProbe(CommandRunner commands) {
        this.commands = commands;
    }

    @Override
    public String source() {
        return "Apple";
    }

    @Override
    public GpuFinding look() {
        if (model == null) {
            model = model();
        }
        String known = model;
        if (known == null) {
            return new GpuFinding.Absent("system_profiler names no Apple GPU");
        }
        return new GpuFinding.Found(
                List.of(
                        new GpuDevice(
                                null, "apple", known, 1, memory(), null, null, null, null, null)));
    }

    private @Nullable Long memory() {
        Long limit = number("iogpu.wired_limit_mb");
        if (limit != null && limit > 0) {
            return limit * MEBIBYTE;
        }
        Long machine = number("hw.memsize");
        if (machine == null) {
            return null;
        }
        return machine <= SMALL_MACHINE ? machine / 3 * 2 : machine / 4 * 3;
    }

    private @Nullable Long number(String key) {
        String text = output("/usr/sbin/sysctl", "-n", key);
        return text == null || !text.strip().matches("\\d{1,15}")
                ? null
                : Long.valueOf(text.strip());
    }

    private @Nullable String model() {
        String json = output("/usr/sbin/system_profiler", "SPDisplaysDataType", "-json");
        if (json == null) {
            return null;
        }
        try {
            JsonNode displays = Json.mapper().readTree(json).path("SPDisplaysDataType");
            for (JsonNode display : displays) {
                String name = display.path("sppci_model").asText();
                if (name.startsWith("Apple ")) {
                    return name;
                }
            }
            return null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private @Nullable String output(String... command) {
        CommandOutcome outcome = commands.run(List.of(command), LIMIT);
        return outcome instanceof CommandOutcome.Finished finished && finished.exit() == 0
                ? finished.output()
                : null;
    }
}
