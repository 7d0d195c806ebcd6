package io.modelfleet.coordinator.node;

import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.View;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Every node that ever registered and was not removed. Reads come from memory; what must survive a
 * restart is in the database before the call that brought it returns.
 */
public final class NodeInventory {
    private final NodeRepository repository;
    private final NodeMemory memory;
    private final InstantSource time;
    private final LongSupplier ticks;
    private final Duration offlineAfter;
    private final Object registering = new Object();

    /**
     * @param isNew whether the node was not known before
     */
    public record Registered(Node node, boolean isNew) {}

    /**
     * @param ticks nanoseconds that no change of the clock moves, as {@link System#nanoTime}
     * @param offlineAfter silence after which a node counts as offline
     */
    public NodeInventory(
            Database database,
            ChangeLog changes,
            InstantSource time,
            LongSupplier ticks,
            Duration offlineAfter) {
        this.repository = new NodeRepository(database);
        this.memory = new NodeMemory(database, repository, changes, ticks);
        this.time = time;
        this.ticks = ticks;
        this.offlineAfter = offlineAfter;
    }

    /**
     * Reads what an earlier process left. Nodes that were online get the time for their next
     * heartbeat.
     */
    public void load() {
        memory.load();
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
            Optional<Registered> registered = tryToRegister(registration);
            while (registered.isEmpty()) {
                memory.follow();
                registered = tryToRegister(registration);
            }
            return registered.get();
        }
    }

    /** Empty when another coordinator wrote meanwhile: the machine may be known by now. */
    private Optional<Registered> tryToRegister(Registration registration) {
        Optional<Node> known = known(registration);
        if (known.isPresent()) {
            Node node =
                    heard(
                            known.get().id(),
                            old -> RegistrationMerge.apply(old, registration, now()));
            return Optional.of(new Registered(node, false));
        }
        Node node = RegistrationMerge.created(registration, now());
        return memory.insert(node) ? Optional.of(new Registered(node, true)) : Optional.empty();
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
        return heard(
                heartbeat.agentId(),
                old -> HeartbeatMerge.apply(old, heartbeat).seen(now()).with(presence));
    }

    private Node heard(UUID id, UnaryOperator<Node> change) {
        NodeHolder holder = memory.holder(id);
        return memory.change(
                id,
                old -> {
                    Node node = change.apply(old);
                    // Only now: a copy of the agent that is refused keeps nobody's node alive.
                    holder.heard(ticks.getAsLong());
                    return node;
                });
    }

    /**
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    public Node changeSettings(UUID id, UnaryOperator<NodeSettings> patch) {
        return memory.change(id, old -> old.with(patch.apply(old.settings())));
    }

    /** Notes that a node now holds a model, where its agent has not said so itself. */
    public void installed(UUID id, InstalledModel model) {
        if (find(id).isPresent()) {
            memory.change(
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
            memory.change(
                    id,
                    old ->
                            old.withModels(
                                    old.models().stream()
                                            .filter(model -> !model.name().equals(name))
                                            .toList()));
        }
    }

    /**
     * Forgets a node.
     *
     * @param idle whether, as a transaction sees it, nothing is left to do on the node
     * @return false when something was left, so that the node is still there
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    public boolean remove(UUID id, Predicate<View> idle) {
        NodeHolder holder = memory.holder(id);
        synchronized (holder) {
            if (repository.delete(id, now(), idle).isEmpty()) {
                return false;
            }
            memory.drop(holder);
            return true;
        }
    }

    public Optional<Node> find(UUID id) {
        return memory.find(id);
    }

    /**
     * @throws FleetException {@link ErrorCode#AGENT_NOT_FOUND}
     */
    public Node require(UUID id) {
        return memory.holder(id).node();
    }

    /** All nodes in the order of their registration. */
    public Collection<Node> all() {
        return memory.holders().stream()
                .map(NodeHolder::node)
                .sorted(Comparator.comparing(Node::registeredAt).thenComparing(Node::id))
                .toList();
    }

    /** One pass of the presence loop: nodes that have been silent for too long become offline. */
    public void markSilentNodesOffline() {
        if (memory.blind()) {
            return;
        }
        for (NodeHolder holder : memory.holders()) {
            if (holder.node().online() && silent(holder)) {
                memory.change(
                        holder.node().id(),
                        old -> old.online() && silent(holder) ? old.with(Presence.OFFLINE) : old);
            }
        }
    }

    /** By ticks: neither a clock that was set nor another coordinator's clock ends a presence. */
    private boolean silent(NodeHolder holder) {
        return ticks.getAsLong() - holder.heardAt() > offlineAfter.toNanos();
    }

    /** Learns what the other coordinators of this database wrote. */
    public void follow() {
        memory.follow();
    }

    /** Whether a transaction sees nothing of the nodes that is not known here. */
    public boolean current(View transaction) {
        return memory.current(transaction);
    }

    /** Writes what moves with every heartbeat: in one batch, because each heartbeat changes it. */
    public void flush() {
        memory.flush();
    }

    /** Milliseconds: what the database holds. */
    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
