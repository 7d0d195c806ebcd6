package io.modelfleet.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The body of every error answer.
 *
 * @param error text for a person
 * @param code the name of an {@link ErrorCode}; a string, so that a newer peer's codes can be read;
 *     absent from peers of another make
 */
public record Problem(String error, @Nullable String code) {}
