package io.modelfleet.protocol;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node as it is listed. Figures that were never reported are {@code null}.
 *
 * @param status observed: whether heartbeats arrive
 * @param schedulable wished: whether the node may get new work
 * @param gpuCount devices, rows of several counted
 * @param gpuModel model of the largest device
 * @param gpuMemory bytes of the largest device
 * @param cpuUsage percent, 0 to 100
 * @param memoryUsage percent, 0 to 100
 * @param diskTotal bytes of the file system that holds the model store
 * @param diskFree bytes of it that Ollama may still use
 * @param ollama whether the node's Ollama answers; absent from agents of other makes
 * @param agentVersion absent from agents of other makes
 */
public record Agent(
        UUID id,
        String machineName,
        @Nullable String customName,
        String ipAddress,
        @Nullable String ollamaVersion,
        int ollamaPort,
        int agentApiPort,
        Presence status,
        boolean schedulable,
        Instant registeredAt,
        Instant lastSeen,
        boolean gpuAvailable,
        int gpuCount,
        @Nullable String gpuModel,
        List<GpuDevice> gpuDevices,
        @Nullable Long gpuMemory,
        @Nullable Double cpuUsage,
        @Nullable Double memoryUsage,
        @Nullable Long diskTotal,
        @Nullable Long diskFree,
        List<ModelName> loadedModels,
        List<String> tags,
        @Nullable String notes,
        @Nullable OllamaState ollama,
        @Nullable String agentVersion) {}
