package io.modelfleet.coordinator.node;

import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.change.ChangeLog.Kind;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Registration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every node that ever registered and was not removed. Reads come from memory; what must survive a
 * restart is in the database before the call that brought it returns.
 */
public final class NodeInventory {
    private static final System.Logger LOG = System.getLogger(NodeInventory.class.getName());

    private final NodeRepository repository;
    private final ChangeLog changes;
    private final InstantSource time;
    private final Duration offlineAfter;
    private final Map<UUID, Holder> nodes = new ConcurrentHashMap<>();
    private final Set<UUID> seen = ConcurrentHashMap.newKeySet();
    private final Object registering = new Object();
    private Instant started = Instant.MAX;

    /** A node's present state; its monitor orders the writers. */
    private static final class Holder {
        private volatile Node node;
        private boolean removed;

        private Holder(Node node) {
            this.node = node;
        }
    }

    /**
     * @param isNew whether the node was not known before
     */
    public record Registered(Node node, boolean isNew) {}

    /**
     * @param offlineAfter silence after which a node counts as offline
     */
    public NodeInventory(
            Database database, ChangeLog changes, InstantSource time, Duration offlineAfter) {
        this.repository = new NodeRepository(database);
        this.changes = changes;
        this.time = time;
        this.offlineAfter = offlineAfter;
    }

    /** Reads what an earlier process left. */
    public void load() {
        repository.all().forEach(node -> nodes.put(node.id(), new Holder(node)));
        started = now();
    }

    /**
     * Adds the node, or brings it up to date. An agent that sends no id is recognised by machine
     * name and address.
     *
     * @throws FleetException {@link ErrorCode#GPU_REQUIRED}
     */
    public Registered register(Registration registration) {
        if (Boolean.FALSE.equals(registration.gpuAvailable()) || registration.devices().isEmpty()) {
            throw FleetException.of(ErrorCode.GPU_REQUIRED);
        }
        synchronized (registering) {
            Optional<Node> known = known(registration);
            if (known.isPresent()) {
                Node node =
                        change(
                                known.get().id(),
                                old -> RegistrationMerge.apply(old, registration, now()));
                return new Registered(node, false);
            }
            Node node = RegistrationMerge.created(registration, now());
            repository.insert(node);
            nodes.put(node.id(), new Holder(node));
            touch(null, node);
            return new Registered(node, true);
        }
    }

    private Optional<Node> known(Registration registration) {
        if (registration.agentId() != null) {
            return find(registration.agentId());
        }
        return all().stream()
                .filter(node -> RegistrationMerge.sameMachine(node, registration))
                .findFirst();
    }

    /**
     * Takes a heartbeat's figures; a last heartbeat makes the node offline at once.
     *
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    public Node heartbeat(Heartbeat heartbeat) {
        Presence presence =
                Boolean.TRUE.equals(heartbeat.leaving()) ? Presence.OFFLINE : Presence.ONLINE;
        return change(
                heartbeat.agentId(),
                old -> HeartbeatMerge.apply(old, heartbeat).seen(now()).with(presence));
    }

    /**
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    public Node changeSettings(UUID id, UnaryOperator<NodeSettings> patch) {
        return change(id, old -> old.with(patch.apply(old.settings())));
    }

    /** Notes that a node now holds a model, where its agent has not said so itself. */
    public void installed(UUID id, InstalledModel model) {
        if (find(id).isPresent()) {
            change(
                    id,
                    old -> {
                        if (old.installed(model.name()).isPresent()) {
                            return old;
                        }
                        List<InstalledModel> models = new ArrayList<>(old.models());
                        models.add(model);
                        return old.withModels(models);
                    });
        }
    }

    /** Notes that a node no longer holds a model. */
    public void uninstalled(UUID id, ModelName name) {
        if (find(id).isPresent()) {
            change(
                    id,
                    old ->
                            old.withModels(
                                    old.models().stream()
                                            .filter(model -> !model.name().equals(name))
                                            .toList()));
        }
    }

    /**
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    public void remove(UUID id) {
        Holder holder = holder(id);
        synchronized (holder) {
            repository.delete(id);
            holder.removed = true;
            nodes.remove(id);
        }
        changes.touch(Kind.AGENT_REMOVED, id);
    }

    public Optional<Node> find(UUID id) {
        return Optional.ofNullable(nodes.get(id)).map(holder -> holder.node);
    }

    /**
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    public Node require(UUID id) {
        return holder(id).node;
    }

    /** All nodes in the order of their registration. */
    public Collection<Node> all() {
        return nodes.values().stream()
                .map(holder -> holder.node)
                .sorted(Comparator.comparing(Node::registeredAt).thenComparing(Node::id))
                .toList();
    }

    /** One pass of the presence loop: nodes that have been silent for too long become offline. */
    public void markSilentNodesOffline() {
        Instant deadline = now().minus(offlineAfter);
        if (started.isAfter(deadline)) {
            return; // nodes that were online before a restart get the time for their next heartbeat
        }
        for (Holder holder : nodes.values()) {
            if (holder.node.online() && holder.node.lastSeen().isBefore(deadline)) {
                change(
                        holder.node.id(),
                        old ->
                                old.online() && old.lastSeen().isBefore(deadline)
                                        ? old.with(Presence.OFFLINE)
                                        : old);
            }
        }
    }

    /** Writes when nodes were last seen: in one batch, because every heartbeat changes it. */
    public void flush() {
        List<UUID> ids = List.copyOf(seen);
        if (ids.isEmpty()) {
            return;
        }
        ids.forEach(seen::remove);
        List<Node> present = ids.stream().map(this::find).flatMap(Optional::stream).toList();
        if (!present.isEmpty()) {
            repository.seen(present);
        }
    }

    private Holder holder(UUID id) {
        Holder holder = nodes.get(id);
        if (holder == null) {
            throw FleetException.agentNotFound(id);
        }
        return holder;
    }

    private Node change(UUID id, UnaryOperator<Node> change) {
        Holder holder = holder(id);
        Node old;
        Node node;
        synchronized (holder) {
            if (holder.removed) {
                throw FleetException.agentNotFound(id);
            }
            old = holder.node;
            node = change.apply(old);
            if (node.durablyDiffersFrom(old)) {
                repository.update(node);
            } else {
                seen.add(id);
            }
            holder.node = node;
        }
        touch(old, node);
        return node;
    }

    private void touch(@Nullable Node old, Node node) {
        if (old != null && old.presence() != node.presence()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Agent is {0}: agent_id={1}, machine_name={2}",
                    node.online() ? "online" : "offline",
                    node.id(),
                    node.identity().machineName());
        }
        if (!node.equals(old)) {
            changes.touch(Kind.AGENT, node.id());
        }
        if (old == null
                || !old.models().equals(node.models())
                || !old.figures().loaded().equals(node.figures().loaded())) {
            changes.touch(Kind.MODELS, node.id());
        }
    }

    /** Milliseconds: what the database holds. */
    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
