package io.modelfleet.console.matrix;

import io.modelfleet.protocol.Agent;

/**
 * A cell as the operator saw it. What is done is done to this one, even if rows have moved or the
 * cell has changed by the time a menu's item is chosen.
 */
record Target(Agent node, ModelColumn model, Cell cell) {
    CellKey key() {
        return new CellKey(node.id(), model.name());
    }
}
