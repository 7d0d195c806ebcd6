package io.modelfleet.console.nodes;

import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** A node's row: the same object for as long as the node is in the fleet; its facts change. */
final class NodeRow {
    private final UUID id;
    private final ReadOnlyObjectWrapper<NodeFacts> facts;
    private final ReadOnlyStringWrapper seen = new ReadOnlyStringWrapper("");

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

    /** How long ago the node last said something, in words. */
    ReadOnlyStringProperty seen() {
        return seen.getReadOnlyProperty();
    }

    void show(NodeFacts next) {
        facts.set(next);
    }

    void seen(String age) {
        seen.set(age);
    }
}
