package io.modelfleet.service;

/** A setting is wrong; the message is one sentence that names it and says what is allowed. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }
}
