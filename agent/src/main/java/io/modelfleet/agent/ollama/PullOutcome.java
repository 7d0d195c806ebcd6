package io.modelfleet.agent.ollama;

/** How a pull ended. */
public sealed interface PullOutcome {
    /** Ollama said {@code success}: the model is installed. */
    record Success() implements PullOutcome {}

    /**
     * Ollama said what went wrong.
     *
     * @param status HTTP status: 200 for an error within the stream
     * @param text Ollama's own words
     */
    record Failed(int status, String text) implements PullOutcome {}

    /**
     * The stream ended, broke or fell silent before {@code success}.
     *
     * @param cause in a few words
     */
    record Lost(String cause) implements PullOutcome {}

    /**
     * No connection could be made: Ollama is not running.
     *
     * @param cause in a few words
     */
    record Unreachable(String cause) implements PullOutcome {}

    /** {@link PullCall#cancel} was called. */
    record Cancelled() implements PullOutcome {}
}
