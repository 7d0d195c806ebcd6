package io.modelfleet.console.nodes;

import java.util.Locale;

/**
 * The columns of the table, the most important first: where there is no room for all, the last go,
 * and whatever is too wide for what is left.
 */
enum Column {
    NAME(124),
    PRESENCE(100),
    GPUS(120),
    MEMORY(178),
    DISK(84),
    MODELS(64),
    UTILIZATION(80),
    TEMPERATURE(66),
    SEEN(96),
    OLLAMA(74),
    AGENT(74);

    private final double width;

    Column(double width) {
        this.width = width;
    }

    /** What it needs at least, pixels. */
    double width() {
        return width;
    }

    /** Its title in the messages. */
    String key() {
        return "nodes." + id();
    }

    /** Of its column in the table, for tests. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
