package io.modelfleet.service;

/**
 * A service cannot start, for a reason that its operator can mend: the message is all that is
 * shown.
 */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
