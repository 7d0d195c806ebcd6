package io.modelfleet.coordinator.node;

import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A machine as the coordinator knows it at one moment.
 *
 * @param identity what its agent said when it registered
 * @param devices its GPUs, with the latest figures
 * @param models what its Ollama holds
 * @param settings what the operator wishes
 * @param lastSeen when it last registered or sent a heartbeat
 */
public record Node(
        UUID id,
        NodeIdentity identity,
        List<GpuDevice> devices,
        List<InstalledModel> models,
        NodeSettings settings,
        NodeFigures figures,
        Presence presence,
        Instant registeredAt,
        Instant lastSeen) {

    public Node {
        devices = List.copyOf(devices);
        models = List.copyOf(models);
    }

    public boolean online() {
        return presence == Presence.ONLINE;
    }

    /** The model as this node holds it, if it does. */
    public Optional<InstalledModel> installed(ModelName name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** Whether anything changed that must survive a restart; figures and times are not of it. */
    boolean durablyDiffersFrom(Node old) {
        return !identity.equals(old.identity)
                || !settings.equals(old.settings)
                || !models.equals(old.models)
                || presence != old.presence
                || !HeartbeatMerge.sameHardware(old.devices, devices);
    }

    /** This node with the figures and the times that another view of it brought. */
    Node withMovingPartsOf(Node other) {
        return new Node(
                id,
                identity,
                HeartbeatMerge.sameHardware(devices, other.devices) ? other.devices : devices,
                models,
                settings,
                other.figures,
                presence,
                registeredAt,
                other.lastSeen);
    }

    Node with(NodeIdentity newIdentity) {
        return new Node(
                id,
                newIdentity,
                devices,
                models,
                settings,
                figures,
                presence,
                registeredAt,
                lastSeen);
    }

    Node withDevices(List<GpuDevice> newDevices) {
        return new Node(
                id,
                identity,
                newDevices,
                models,
                settings,
                figures,
                presence,
                registeredAt,
                lastSeen);
    }

    Node withModels(List<InstalledModel> newModels) {
        return new Node(
                id,
                identity,
                devices,
                newModels,
                settings,
                figures,
                presence,
                registeredAt,
                lastSeen);
    }

    Node with(NodeSettings newSettings) {
        return new Node(
                id,
                identity,
                devices,
                models,
                newSettings,
                figures,
                presence,
                registeredAt,
                lastSeen);
    }

    Node with(NodeFigures newFigures) {
        return new Node(
                id,
                identity,
                devices,
                models,
                settings,
                newFigures,
                presence,
                registeredAt,
                lastSeen);
    }

    Node with(Presence newPresence) {
        return new Node(
                id,
                identity,
                devices,
                models,
                settings,
                figures,
                newPresence,
                registeredAt,
                lastSeen);
    }

    Node seen(Instant now) {
        return new Node(
                id,
                identity,
                devices,
                models,
                settings,
                figures,
                Presence.ONLINE,
                registeredAt,
                now);
    }
}
