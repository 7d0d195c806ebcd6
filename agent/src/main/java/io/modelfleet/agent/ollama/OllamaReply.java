package io.modelfleet.agent.ollama;

/** What a short call to Ollama came to. */
public sealed interface OllamaReply<T> {
    /** Ollama answered. */
    record Ok<T>(T value) implements OllamaReply<T> {}

    /**
     * Ollama refused.
     *
     * @param status HTTP status, 400 or more; 0 when the answer was not understood
     * @param text Ollama's own words
     */
    record Refused<T>(int status, String text) implements OllamaReply<T> {}

    /**
     * Nobody answered.
     *
     * @param cause in a few words, such as {@code connection refused}
     */
    record Unreachable<T>(String cause) implements OllamaReply<T> {}
}
