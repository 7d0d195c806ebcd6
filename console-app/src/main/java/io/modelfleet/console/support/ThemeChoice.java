package io.modelfleet.console.support;

/** What the operator wants to see. */
public enum ThemeChoice {
    LIGHT,
    DARK,
    /** As the operating system says. */
    SYSTEM
}
