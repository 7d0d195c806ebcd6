package io.modelfleet.console.page;

import io.modelfleet.console.client.Reply;
import io.modelfleet.console.support.Messages;
import io.modelfleet.protocol.ErrorCode;
import java.util.Set;

/** What an operator can do about a refusal. */
public final class Refusals {
    private static final Set<String> WAIT =
            Set.of(
                    ErrorCode.AGENT_OFFLINE.name(),
                    ErrorCode.NOT_SCHEDULABLE.name(),
                    ErrorCode.INSUFFICIENT_STORAGE.name());

    private Refusals() {}

    /**
     * The coordinator's own words and, where the messages have a {@code refusal.CODE}, what to do.
     */
    public static String text(Reply.Refused<?> refusal, Messages messages) {
        String key = "refusal." + refusal.code();
        return messages.has(key) ? refusal.text() + "\n" + messages.text(key) : refusal.text();
    }

    /** Whether the same is accepted with {@code "on_unavailable":"queue"}. */
    public static boolean mayWait(Reply.Refused<?> refusal) {
        return refusal.code() != null && WAIT.contains(refusal.code());
    }
}
