package io.modelfleet.coordinator.http;

import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeFigures;
import io.modelfleet.coordinator.node.NodeIdentity;
import io.modelfleet.coordinator.task.TaskState;
import io.modelfleet.coordinator.task.Transfer;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Gigabytes;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the contract shows of nodes and tasks. */
final class Views {
    private Views() {}

    static Agent agent(Node node) {
        NodeIdentity identity = node.identity();
        NodeFigures figures = node.figures();
        Optional<GpuDevice> largest =
                node.devices().stream()
                        .max(
                                Comparator.comparingLong(
                                        device -> device.memory() == null ? -1 : device.memory()));
        return new Agent(
                node.id(),
                identity.machineName(),
                node.settings().customName(),
                identity.ipAddress(),
                identity.ollamaVersion(),
                identity.ollamaPort(),
                identity.apiPort(),
                node.presence(),
                node.settings().schedulable(),
                node.registeredAt(),
                node.lastSeen(),
                !node.devices().isEmpty(),
                node.devices().stream().mapToInt(GpuDevice::devices).sum(),
                largest.map(GpuDevice::model).orElse(null),
                node.devices(),
                largest.map(GpuDevice::memory).orElse(null),
                figures.cpuUsage(),
                figures.memoryUsage(),
                figures.diskTotal(),
                figures.diskFree(),
                figures.loaded(),
                node.settings().tags(),
                node.settings().notes(),
                figures.ollama(),
                identity.agentVersion());
    }

    static List<NodeModel> models(Node node) {
        return node.models().stream()
                .sorted(Comparator.comparing(InstalledModel::name))
                .map(
                        model ->
                                new NodeModel(
                                        model.name(),
                                        model.size() == null
                                                ? null
                                                : Double.valueOf(Gigabytes.of(model.size())),
                                        model.installedAt(),
                                        model.digest(),
                                        model.size(),
                                        node.figures().loaded().contains(model.name())))
                .toList();
    }

    static NodeModels nodeModels(Node node) {
        return new NodeModels(node.id(), models(node));
    }

    static Task task(TaskState task) {
        Transfer transfer = task.transfer();
        return new Task(
                task.id(),
                task.origin().kind(),
                task.agentId(),
                task.origin().model(),
                task.status(),
                transfer.progress(),
                transfer.speed(),
                transfer.bytesCompleted(),
                transfer.bytesTotal(),
                eta(task),
                task.attempt(),
                task.cause() == null ? null : task.cause().text(),
                task.cause() == null ? null : task.cause().code().name(),
                task.origin().retryOf(),
                task.origin().createdAt(),
                task.startedAt(),
                task.updatedAt(),
                task.completedAt());
    }

    private static @Nullable Long eta(TaskState task) {
        Transfer transfer = task.transfer();
        if (task.status() != TaskStatus.DOWNLOADING
                || transfer.speed() <= 0
                || transfer.bytesTotal() == null) {
            return null;
        }
        return Math.ceilDiv(transfer.remaining(), transfer.speed());
    }
}
