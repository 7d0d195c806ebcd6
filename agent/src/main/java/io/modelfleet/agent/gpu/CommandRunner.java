package io.modelfleet.agent.gpu;

import java.time.Duration;
import java.util.List;

/** Runs other programs; tests pass recorded answers instead. */
@FunctionalInterface
public interface CommandRunner {

    /**
     * Runs a command to its end, without a shell and without input.
     *
     * @param limit the longest that this call may take
     */
    CommandOutcome run(List<String> command, Duration limit);
}
