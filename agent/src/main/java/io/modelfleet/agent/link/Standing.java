package io.modelfleet.agent.link;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How this agent stands with its coordinator. Thread-safe. */
public final class Standing {
    private volatile boolean registered;
    private volatile @Nullable String refusal;

    /** Whether the coordinator knows this agent, as far as this agent knows. */
    public boolean registered() {
        return registered;
    }

    /** Why the coordinator does not take this agent in, while it does not. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    void admitted() {
        refusal = null;
        registered = true;
    }

    void refused(String text) {
        registered = false;
        refusal = text;
    }

    /** It has to register again. */
    void lost() {
        registered = false;
    }
}
