package io.modelfleet.console.tasks;

import io.modelfleet.console.support.Messages;
import org.jspecify.annotations.Nullable;

/** What an operator can do about a failure. */
final class Hint {
    private static final String PREFIX = "tasks.hint.";

    private Hint() {}

    /**
     * @param code name of an {@link io.modelfleet.protocol.ErrorCode}, or what an agent of another
     *     make calls it
     */
    static String of(@Nullable String code, Messages messages) {
        return messages.text(
                code != null && messages.has(PREFIX + code) ? PREFIX + code : PREFIX + "OTHER");
    }
}
