package io.modelfleet.console.catalog;

import io.modelfleet.protocol.ModelName;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** A model's row: the same object for as long as it is listed; its facts change. */
final class CatalogRow {
    private final ModelName name;
    private final ReadOnlyObjectWrapper<CatalogFacts> facts;

    CatalogRow(CatalogFacts facts) {
        this.name = facts.entry().name();
        this.facts = new ReadOnlyObjectWrapper<>(facts);
    }

    ModelName name() {
        return name;
    }

    CatalogFacts now() {
        return facts.get();
    }

    ReadOnlyObjectProperty<CatalogFacts> facts() {
        return facts.getReadOnlyProperty();
    }

    void show(CatalogFacts next) {
        if (!next.equals(facts.get())) {
            facts.set(next);
        }
    }
}
