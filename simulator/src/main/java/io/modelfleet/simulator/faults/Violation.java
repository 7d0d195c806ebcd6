package io.modelfleet.simulator.faults;

/** An invariant did not hold. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param text the invariant and what was seen instead
     */
    Violation(String text) {
        super(text);
    }

    Violation(String text, Throwable cause) {
        super(text, cause);
    }
}
