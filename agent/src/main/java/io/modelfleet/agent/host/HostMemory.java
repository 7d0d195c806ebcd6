package io.modelfleet.agent.host;

import org.jspecify.annotations.Nullable;

/** Where the machine's memory figures come from. */
@FunctionalInterface
interface HostMemory {

    /** {@code null} when the system does not tell. */
    @Nullable Bytes now();

    /**
     * @param available what new programs can get without swapping; more than what is free
     */
    record Bytes(long total, long available) {}
}
