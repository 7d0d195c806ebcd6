package io.modelfleet.console.nodes;

import java.time.Instant;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** A node's row: the same object for as long as the node is in the fleet; its facts change. */
final class NodeRow {
    private final UUID id;
    private final ReadOnlyObjectWrapper<NodeFacts> facts;
    private final ReadOnlyObjectWrapper<Seen> seen =
            new ReadOnlyObjectWrapper<>(new Seen(Instant.EPOCH, ""));

    /**
     * When the node last said something: sorted by time, read as words.
     *
     * @param age how long ago that was
     */
    record Seen(Instant at, String age) implements Comparable<Seen> {
        @Override
        public int compareTo(Seen other) {
            return at.compareTo(other.at);
        }
    }

    NodeRow(NodeFacts facts) {
        this.id = facts.agent().id();
        this.facts = new ReadOnlyObjectWrapper<>(facts);
    }

    UUID id() {
        return id;
    }

    NodeFacts now() {
        return facts.get();
    }

    ReadOnlyObjectProperty<NodeFacts> facts() {
        return facts.getReadOnlyProperty();
    }

    /** When the node last said something. */
    ReadOnlyObjectProperty<Seen> seen() {
        return seen.getReadOnlyProperty();
    }

    void show(NodeFacts next) {
        facts.set(next);
    }

    void seen(Seen now) {
        seen.set(now);
    }
}
