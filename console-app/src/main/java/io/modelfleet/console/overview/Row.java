package io.modelfleet.console.overview;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** A line of a list: the same object for as long as its thing is listed; what it says changes. */
final class Row<T> {
    private final Object key;
    private final ReadOnlyObjectWrapper<T> says;

    Row(Object key, T says) {
        this.key = key;
        this.says = new ReadOnlyObjectWrapper<>(says);
    }

    Object key() {
        return key;
    }

    T now() {
        return says.get();
    }

    ReadOnlyObjectProperty<T> says() {
        return says.getReadOnlyProperty();
    }

    void say(T next) {
        says.set(next);
    }
}
