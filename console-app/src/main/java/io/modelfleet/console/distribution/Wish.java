package io.modelfleet.console.distribution;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the operator asks for.
 *
 * @param size bytes of the whole model; absent while unknown
 * @param nodes which are meant
 * @param again whether nodes that hold the model ask for it again, rather than being left out
 * @param queue whether nodes that cannot take it now get it later, rather than being left out
 */
record Wish(
        ModelName model,
        @Nullable Long size,
        Predicate<Agent> nodes,
        boolean again,
        boolean queue) {}
