package io.modelfleet.console.page;

import io.modelfleet.protocol.ModelName;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens the distribution dialog, from wherever the operator is. */
public interface Distribution {
    /**
     * @param model what to distribute; absent lets the operator choose
     * @param nodes where to; empty lets the operator choose
     */
    void choose(@Nullable ModelName model, Collection<UUID> nodes);
}
