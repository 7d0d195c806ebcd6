package io.modelfleet.service;

/** What came back from a peer. */
public sealed interface Reply {
    /**
     * A status below 400.
     *
     * @param body raw bytes, may be empty
     */
    record Ok(int status, byte[] body) implements Reply {}

    /**
     * A status from 400 on.
     *
     * @param text the peer's own words, from its JSON where it sent any
     * @param code the contract's code, empty from peers of another make
     */
    record Refused(int status, String text, String code) implements Reply {}

    /**
     * No answer.
     *
     * @param cause in a few words, such as {@code connection refused}
     * @param unsent whether the request certainly never reached the peer
     */
    record Unreachable(String cause, boolean unsent) implements Reply {}
}
