package io.modelfleet.console.catalog;

import io.modelfleet.console.support.Messages;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.ModelName;
import java.util.Locale;
import java.util.Optional;

/** Reads a model's name as it is typed, and says what is wrong with it. */
final class NameCheck {
    private static final int LONGEST_PART = 80;
    private static final String ALLOWED = "_.:/-";

    private NameCheck() {}

    /** Absent for what is no name yet or never will be. */
    static Optional<ModelName> name(String text) {
        try {
            return Optional.of(ModelName.parse(text.strip()));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    /**
     * @return empty for a good name and for an empty text
     */
    static String problem(String text, Messages messages) {
        String typed = text.strip();
        try {
            if (!typed.isEmpty()) {
                ModelName.parse(typed);
            }
            return "";
        } catch (FleetException e) {
            return reason(typed, messages).orElseGet(() -> e.text(messages.locale()));
        }
    }

    private static Optional<String> reason(String typed, Messages messages) {
        if (typed.chars().anyMatch(Character::isWhitespace)) {
            return Optional.of(messages.text("catalog.name.space"));
        }
        Optional<String> strange =
                typed.codePoints()
                        .filter(c -> !isAllowed(c))
                        .mapToObj(Character::toString)
                        .findFirst();
        return strange.map(c -> messages.text("catalog.name.character", c))
                .or(() -> ofParts(typed.replaceFirst("^https?://", ""), messages));
    }

    private static boolean isAllowed(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
    }

    private static Optional<String> ofParts(String name, Messages messages) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        String lower = last.toLowerCase(Locale.ROOT);
        String key = null;
        if (name.chars().filter(c -> c == '/').count() > 2) {
            key = "catalog.name.slashes";
        } else if (last.chars().filter(c -> c == ':').count() > 1) {
            key = "catalog.name.colons";
        } else if (name.startsWith("/") || name.contains("//") || last.isEmpty()) {
            key = "catalog.name.empty";
        } else if (last.startsWith(":") || last.endsWith(":")) {
            key = "catalog.name.tag";
        } else if (lower.endsWith(":cloud") || (lower.contains(":") && lower.endsWith("-cloud"))) {
            key = "catalog.name.cloud";
        } else if (last.length() > LONGEST_PART) {
            key = "catalog.name.long";
        }
        return Optional.ofNullable(key).map(messages::text);
    }
}
