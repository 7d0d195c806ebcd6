package io.modelfleet.coordinator.node;

import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.change.ChangeLog.Kind;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.Stored;
import io.modelfleet.coordinator.db.View;
import io.modelfleet.coordinator.db.WriteBehind;
import io.modelfleet.protocol.FleetException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The nodes as this coordinator knows them, kept in step with the database, in which others may
 * write. What must survive is written where nobody else wrote since it was read; otherwise it is
 * read anew and the change made again.
 */
final class NodeMemory {
    private static final System.Logger LOG = System.getLogger(NodeMemory.class.getName());

    /** Without a look at what others wrote; more than a busy database makes them wait. */
    private static final Duration BLIND = Duration.ofSeconds(5);

    private final Database database;
    private final NodeRepository repository;
    private final ChangeLog changes;
    private final LongSupplier ticks;
    private final Map<UUID, NodeHolder> holders = new ConcurrentHashMap<>();
    private final WriteBehind<Node> moving;

    /** Held by whoever brings nodes into memory, so that none comes back after it was removed. */
    private final Object adding = new Object();

    private volatile long followed;
    private volatile long followedAt;

    NodeMemory(
            Database database, NodeRepository repository, ChangeLog changes, LongSupplier ticks) {
        this.database = database;
        this.repository = repository;
        this.changes = changes;
        this.ticks = ticks;
        this.moving = new WriteBehind<>(Node::id, this::stored, repository::seen);
    }

    void load() {
        followed = database.version();
        followedAt = ticks.getAsLong();
        for (Stored<Node> stored : repository.all()) {
            holders.put(stored.value().id(), new NodeHolder(stored, ticks.getAsLong()));
        }
    }

    Optional<Node> find(UUID id) {
        return Optional.ofNullable(holders.get(id)).map(NodeHolder::node);
    }

    Collection<NodeHolder> holders() {
        return holders.values();
    }

    /** The node's holder; a node that another coordinator has just registered is found, too. */
    NodeHolder holder(UUID id) {
        if (!holders.containsKey(id) && database.shared()) {
            synchronized (adding) {
                repository.find(id).ifPresent(this::follow);
            }
        }
        NodeHolder holder = holders.get(id);
        if (holder == null) {
            throw FleetException.agentNotFound(id);
        }
        return holder;
    }

    /**
     * @return false when others wrote meanwhile, so that the node may be known by now
     */
    boolean insert(Node node) {
        synchronized (adding) {
            OptionalLong version = repository.insert(node, this::current);
            version.ifPresent(number -> add(new Stored<>(node, number)));
            return version.isPresent();
        }
    }

    private void add(Stored<Node> stored) {
        holders.put(stored.value().id(), new NodeHolder(stored, ticks.getAsLong()));
        touch(null, stored.value());
    }

    /** Forgets a node that is no longer in the database. */
    void drop(NodeHolder holder) {
        synchronized (holder) {
            holder.remove();
            holders.remove(holder.node().id(), holder);
        }
        changes.touch(Kind.AGENT_REMOVED, holder.node().id());
    }

    Node change(UUID id, UnaryOperator<Node> change) {
        NodeHolder holder = holder(id);
        Node old;
        Node node;
        synchronized (holder) {
            do {
                if (holder.removed()) {
                    throw FleetException.agentNotFound(id);
                }
                old = holder.node();
                node = change.apply(old);
            } while (!written(holder, old, node));
            holder.node(node);
        }
        touch(old, node);
        return node;
    }

    private boolean written(NodeHolder holder, Node old, Node node) {
        if (!node.durablyDiffersFrom(old)) {
            moving.changed(node.id());
            return true;
        }
        OptionalLong version = repository.update(node, holder.version());
        if (version.isPresent()) {
            holder.written(version.getAsLong());
            return true;
        }
        readAnew(holder);
        return false;
    }

    private void readAnew(NodeHolder holder) {
        Optional<Stored<Node>> row = repository.find(holder.node().id());
        if (row.isPresent()) {
            follow(row.get());
        } else {
            drop(holder);
        }
    }

    /** Learns what the other coordinators wrote. */
    void follow() {
        synchronized (adding) {
            long latest = followed;
            for (Stored<Node> row : repository.since(followed)) {
                follow(row);
                latest = Math.max(latest, row.version());
            }
            for (Map.Entry<UUID, Long> removed : repository.removedSince(followed).entrySet()) {
                NodeHolder holder = holders.get(removed.getKey());
                if (holder != null && holder.version() < removed.getValue()) {
                    drop(holder);
                }
            }
            // Removals may reach further than the nodes did; what came between is read next time.
            followed = latest;
            if (blind()) {
                // What the others heard meanwhile comes with the next rows, not with these.
                holders.values().forEach(holder -> holder.heard(ticks.getAsLong()));
            }
            followedAt = ticks.getAsLong();
        }
    }

    /** Whether other coordinators may have heard of nodes for long without this one knowing. */
    boolean blind() {
        return database.shared() && ticks.getAsLong() - followedAt > BLIND.toNanos();
    }

    private void follow(Stored<Node> row) {
        UUID id = row.value().id();
        NodeHolder holder = holders.get(id);
        if (holder == null) {
            // The row may be older than a removal that was made here, which leaves no holder.
            repository.find(id).ifPresent(this::add);
            return;
        }
        Node old;
        Node next;
        synchronized (holder) {
            if (row.version() <= holder.version()) {
                return;
            }
            old = holder.node();
            // What was heard here since the last flush is newer than what others have written.
            next = moving.isBehind(id) ? row.value().withMovingPartsOf(old) : row.value();
            if (!row.value().lastSeen().equals(old.lastSeen())) {
                holder.heard(ticks.getAsLong());
            }
            holder.node(next);
            holder.written(row.version());
        }
        touch(old, next);
    }

    /** Whether a transaction sees nothing of the nodes that is not known here. */
    boolean current(View transaction) {
        return !database.shared()
                || (repository.versionsSince(transaction, followed).entrySet().stream()
                                .allMatch(row -> version(row.getKey()) >= row.getValue())
                        && repository.removedSince(transaction, followed).entrySet().stream()
                                .noneMatch(
                                        row ->
                                                holders.containsKey(row.getKey())
                                                        && version(row.getKey()) < row.getValue()));
    }

    private long version(UUID id) {
        NodeHolder holder = holders.get(id);
        return holder == null ? -1 : holder.version();
    }

    /** Writes what moves with every heartbeat: in one batch, because each heartbeat changes it. */
    void flush() {
        moving.flush(this::noteWritten);
    }

    private @Nullable Stored<Node> stored(UUID id) {
        NodeHolder holder = holders.get(id);
        return holder == null ? null : holder.stored();
    }

    private void noteWritten(Stored<Node> written) {
        NodeHolder holder = holders.get(written.value().id());
        if (holder != null) {
            synchronized (holder) {
                holder.written(Math.max(holder.version(), written.version()));
            }
        }
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
}
