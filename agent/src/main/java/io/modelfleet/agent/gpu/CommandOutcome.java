package io.modelfleet.agent.gpu;

/** How a command went. */
public sealed interface CommandOutcome {

    /**
     * @param exit the program's exit status
     * @param output what it wrote to its standard output
     */
    record Finished(int exit, String output) implements CommandOutcome {}

    /** There is no such program, or it may not be run. */
    record NotStarted() implements CommandOutcome {}

    /** It was still running at its limit and has been killed, with all that it had started. */
    record TimedOut() implements CommandOutcome {}
}
