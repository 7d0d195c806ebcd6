package io.modelfleet.coordinator.task;

import io.modelfleet.coordinator.catalog.Catalog;
import io.modelfleet.coordinator.node.Node;
import io.modelfleet.coordinator.node.NodeInventory;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Whether a node can take a model now: it is online, may get work, and has the room. */
public final class Admission {
    private final Catalog catalog;
    private final NodeInventory nodes;
    private final TaskBoard board;

    public Admission(Catalog catalog, NodeInventory nodes, TaskBoard board) {
        this.catalog = catalog;
        this.nodes = nodes;
        this.board = board;
    }

    /**
     * Bytes of a whole model: from its manifest, otherwise from a node that holds it; empty when
     * neither is known. May ask the registry, for a few seconds at most.
     */
    public OptionalLong size(ModelName model) {
        Optional<Manifest> manifest = catalog.manifest(model);
        if (manifest.isPresent()) {
            return OptionalLong.of(manifest.get().size());
        }
        return nodes.all().stream()
                .flatMap(node -> node.installed(model).stream())
                .map(InstalledModel::size)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max();
    }

    /**
     * Why the node cannot take the model now; empty when it can.
     *
     * @param size as {@link #size} told it
     */
    public Optional<FleetException> refusal(Node node, ModelName model, OptionalLong size) {
        return board.active(node.id(), TaskKind.PULL, model).isPresent()
                ? availability(node)
                : refusal(node, model, size, board.activeOn(node.id()));
    }

    /**
     * Whether a task waits for its node: it was never handed out, because the node cannot take it
     * yet.
     */
    boolean held(TaskState task) {
        if (task.status() != TaskStatus.PENDING || task.attempt() > 0) {
            return false;
        }
        Optional<Node> node = nodes.find(task.agentId());
        if (node.isEmpty() || task.origin().kind() == TaskKind.REMOVE) {
            return node.isEmpty();
        }
        List<TaskState> before =
                board.activeOn(task.agentId()).stream()
                        .takeWhile(other -> !other.id().equals(task.id()))
                        .toList();
        Long total = task.transfer().bytesTotal();
        OptionalLong size = total == null ? OptionalLong.empty() : OptionalLong.of(total);
        return refusal(node.get(), task.origin().model(), size, before).isPresent();
    }

    private Optional<FleetException> refusal(
            Node node, ModelName model, OptionalLong size, List<TaskState> before) {
        Optional<FleetException> unavailable = availability(node);
        Long disk = node.figures().diskFree();
        if (unavailable.isPresent() || size.isEmpty() || disk == null) {
            return unavailable;
        }
        long reserved = before.stream().mapToLong(task -> reserved(node, task)).sum();
        long free = Math.max(0, disk - reserved);
        long needed = needed(node, model, size.getAsLong());
        return needed > free
                ? Optional.of(FleetException.insufficientStorage(needed, free))
                : Optional.empty();
    }

    /** A running pull, too, fetches only what the node does not have. */
    private long reserved(Node node, TaskState task) {
        long remaining = task.transfer().remaining();
        return remaining == 0
                ? 0
                : Math.min(remaining, needed(node, task.origin().model(), remaining));
    }

    private static Optional<FleetException> availability(Node node) {
        if (!node.online()) {
            return Optional.of(FleetException.agentOffline(node.id()));
        }
        return node.settings().schedulable()
                ? Optional.empty()
                : Optional.of(FleetException.of(ErrorCode.NOT_SCHEDULABLE, node.id()));
    }

    /**
     * Bytes that a pull would fetch to this node: blobs that its models share with this one are
     * there already.
     */
    private long needed(Node node, ModelName model, long size) {
        Optional<Manifest> wanted = catalog.cached(model);
        if (wanted.isEmpty()) {
            return node.installed(model).isPresent() ? 0 : size;
        }
        Set<Digest> present = new HashSet<>();
        for (InstalledModel installed : node.models()) {
            catalog.cached(installed.name())
                    .filter(manifest -> manifest.digest().equals(installed.digest()))
                    .ifPresent(
                            manifest ->
                                    manifest.blobs().forEach(blob -> present.add(blob.digest())));
        }
        return wanted.get().blobs().stream()
                .filter(blob -> !present.contains(blob.digest()))
                .mapToLong(Blob::size)
                .sum();
    }
}
