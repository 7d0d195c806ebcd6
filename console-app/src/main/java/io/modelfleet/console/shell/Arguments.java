package io.modelfleet.console.shell;

import java.util.List;
import java.util.Optional;

/** What the command line says. */
final class Arguments {
    private static final String CONNECT = "--connect";

    private Arguments() {}

    /** The address after {@code --connect}, or behind its equals sign. */
    static Optional<String> connect(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(CONNECT) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
            if (argument.startsWith(CONNECT + "=")) {
                return Optional.of(argument.substring(CONNECT.length() + 1));
            }
        }
        return Optional.empty();
    }
}
