package io.modelfleet.console.tasks;

import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** A task's row: the same object for as long as the task is known; its facts change. */
final class TaskRow {
    private final UUID id;
    private final ReadOnlyObjectWrapper<TaskFacts> facts;

    TaskRow(TaskFacts facts) {
        this.id = facts.task().id();
        this.facts = new ReadOnlyObjectWrapper<>(facts);
    }

    UUID id() {
        return id;
    }

    TaskFacts now() {
        return facts.get();
    }

    ReadOnlyObjectProperty<TaskFacts> facts() {
        return facts.getReadOnlyProperty();
    }

    void show(TaskFacts next) {
        if (!next.equals(facts.get())) {
            facts.set(next);
        }
    }
}
