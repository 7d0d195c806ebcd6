package io.modelfleet.service;

import java.util.logging.Formatter;

/** How log lines are written. */
public enum LogFormat {
    /** For persons: {@code 2025-11-14T10:00:00.123Z INFO text}. */
    TEXT,
    /** For machines: one JSON object a line. */
    JSON;

    Formatter formatter() {
        return switch (this) {
            case TEXT -> new LogFormatter();
            case JSON -> new JsonLogFormatter();
        };
    }
}
