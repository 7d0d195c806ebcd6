package io.modelfleet.console.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has chosen.
 *
 * @param active name of the connection to open at the start
 * @param language absent means the system's
 * @param pollSeconds pause between two questions to the coordinator, 1 to 60
 */
public record Settings(
        List<Connection> connections,
        @Nullable String active,
        ThemeChoice theme,
        @Nullable Language language,
        int pollSeconds) {

    private static final int LONGEST_POLL = 60;

    public static final Settings DEFAULT =
            new Settings(List.of(), null, ThemeChoice.SYSTEM, null, 1);

    /** Takes what an older or damaged file lacks from the defaults. */
    public Settings {
        connections = connections == null ? List.of() : List.copyOf(connections);
        theme = theme == null ? ThemeChoice.SYSTEM : theme;
        pollSeconds = Math.clamp(pollSeconds, 1, LONGEST_POLL);
    }

    public Optional<Connection> activeConnection() {
        return connections.stream().filter(c -> c.name().equals(active)).findFirst();
    }

    /** Saves a connection, in place of one of the same name, and makes it the active one. */
    public Settings with(Connection connection) {
        List<Connection> all = new ArrayList<>(without(connection.name()).connections);
        all.add(connection);
        return new Settings(all, connection.name(), theme, language, pollSeconds);
    }

    public Settings without(String name) {
        return new Settings(
                connections.stream().filter(c -> !c.name().equals(name)).toList(),
                name.equals(active) ? null : active,
                theme,
                language,
                pollSeconds);
    }

    public Settings withActive(@Nullable String name) {
        return new Settings(connections, name, theme, language, pollSeconds);
    }

    public Settings withTheme(ThemeChoice chosen) {
        return new Settings(connections, active, chosen, language, pollSeconds);
    }

    public Settings withLanguage(Language chosen) {
        return new Settings(connections, active, theme, chosen, pollSeconds);
    }

    public Settings withPollSeconds(int seconds) {
        return new Settings(connections, active, theme, language, seconds);
    }
}
