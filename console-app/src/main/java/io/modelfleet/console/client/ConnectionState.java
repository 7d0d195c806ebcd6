package io.modelfleet.console.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the link to the coordinator is. */
public sealed interface ConnectionState {
    /** Nothing was answered or refused yet. */
    record Connecting(Instant since) implements ConnectionState {}

    /**
     * @param lastAnswer when the data that is shown was true
     */
    record Live(Instant lastAnswer) implements ConnectionState {}

    /**
     * The last question got no answer that could be used.
     *
     * @param since when the first question after the last answer failed
     * @param lastAnswer absent when there never was one
     */
    record Lost(Instant since, @Nullable Instant lastAnswer, Failure cause)
            implements ConnectionState {}

    /** Why there is no answer. */
    sealed interface Failure {
        record NoAnswer(Reply.Cause cause, String detail) implements Failure {}

        /** The coordinator is there and says no, for example to the token. */
        record Refusal(int status, @Nullable String code, String text) implements Failure {}
    }
}
