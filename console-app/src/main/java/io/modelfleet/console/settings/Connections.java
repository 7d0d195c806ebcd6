package io.modelfleet.console.settings;

import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of the saved connections that keep their order and the choice of the active one. */
final class Connections {
    private Connections() {}

    /**
     * @param before what it takes the place of; absent adds it at the end
     */
    static Settings put(Settings settings, @Nullable Connection before, Connection now) {
        List<Connection> all = new ArrayList<>(settings.connections());
        int place = before == null ? -1 : names(all).indexOf(before.name());
        if (place < 0) {
            all.add(now);
        } else {
            all.set(place, now);
        }
        boolean renamed = before != null && before.name().equals(settings.active());
        return new Settings(
                all,
                renamed ? now.name() : settings.active(),
                settings.theme(),
                settings.language(),
                settings.pollSeconds());
    }

    private static List<String> names(List<Connection> connections) {
        return connections.stream().map(Connection::name).toList();
    }
}
