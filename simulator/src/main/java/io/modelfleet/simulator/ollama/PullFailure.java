package io.modelfleet.simulator.ollama;

/** A pull ends; the message is the text that Ollama puts into its last line. */
final class PullFailure extends Exception {
    static final String CANCELLED = "context canceled";

    PullFailure(String text) {
        super(text);
    }

    static PullFailure cancelled() {
        return new PullFailure(CANCELLED);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
