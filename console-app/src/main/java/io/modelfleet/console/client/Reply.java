package io.modelfleet.console.client;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of a call. */
public sealed interface Reply<T> {
    /** The coordinator did what was asked. */
    record Ok<T>(T value) implements Reply<T> {}

    /**
     * The coordinator understood and said no.
     *
     * @param code name of a {@link io.modelfleet.protocol.ErrorCode}; absent from peers of another
     *     make
     * @param text the coordinator's own words, in the chosen language
     */
    record Refused<T>(int status, @Nullable String code, String text) implements Reply<T> {}

    /**
     * No coordinator answered.
     *
     * @param detail for a person who looks for the reason: an exception's words, the start of what
     *     came back
     */
    record Unreachable<T>(Cause cause, String detail) implements Reply<T> {}

    /** Why no coordinator answered. The texts stand in the messages as {@code cause.NAME}. */
    enum Cause {
        /** The address cannot be asked at all. */
        BAD_ADDRESS,
        UNKNOWN_HOST,
        /** The machine is there, nothing listens on that port. */
        CONNECTION_REFUSED,
        TIMEOUT,
        /** No secure connection could be agreed on. */
        TLS,
        /** Something answered, and it is no coordinator. */
        NOT_A_COORDINATOR,
        /** The connection broke. */
        BROKEN
    }

    /** This reply with another value; refusals and failures stay. */
    default <R> Reply<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Ok<T> ok -> new Ok<>(change.apply(ok.value()));
            case Refused<T> no -> new Refused<>(no.status(), no.code(), no.text());
            case Unreachable<T> gone -> new Unreachable<>(gone.cause(), gone.detail());
        };
    }
}
