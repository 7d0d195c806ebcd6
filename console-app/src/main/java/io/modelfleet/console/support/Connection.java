package io.modelfleet.console.support;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A fleet that the operator has connected to.
 *
 * @param name unique among the saved ones
 * @param address of the coordinator
 * @param token proves the operator to the coordinator; absent where none is asked for
 */
public record Connection(String name, URI address, @Nullable String token) {
    /** Leaves the token out: this ends up in logs. */
    @Override
    public String toString() {
        return name + " (" + address + ")";
    }
}
