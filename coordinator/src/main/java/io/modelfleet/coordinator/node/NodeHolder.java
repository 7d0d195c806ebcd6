package io.modelfleet.coordinator.node;

import io.modelfleet.coordinator.db.Stored;

/** A node's present state; the monitor orders those who change it. */
final class NodeHolder {
    private volatile Node node;
    private volatile long version;
    private volatile long heardAt;
    private volatile boolean removed;

    /**
     * @param heardAt ticks, as {@link NodeMemory} was given them
     */
    NodeHolder(Stored<Node> stored, long heardAt) {
        this.node = stored.value();
        this.version = stored.version();
        this.heardAt = heardAt;
    }

    Node node() {
        return node;
    }

    void node(Node next) {
        node = next;
    }

    /** At which version the database holds what must survive of it. */
    long version() {
        return version;
    }

    void written(long at) {
        version = at;
    }

    synchronized Stored<Node> stored() {
        return new Stored<>(node, version);
    }

    /** When this coordinator last learnt that the node was heard of, by whomever. */
    long heardAt() {
        return heardAt;
    }

    void heard(long now) {
        heardAt = now;
    }

    boolean removed() {
        return removed;
    }

    void remove() {
        removed = true;
    }
}
