package io.modelfleet.agent.pull;

import io.modelfleet.protocol.ErrorCode;

/** How a task's work ended. */
public sealed interface Ending {
    /** Done: the model is there, or gone. */
    record Completed() implements Ending {}

    /**
     * Given up.
     *
     * @param text the cause and what to do about it, in English
     */
    record Failed(ErrorCode code, String text) implements Ending {}

    /** {@link Work#stop} was called. */
    record Stopped() implements Ending {}
}
