package io.modelfleet.agent.link;

import io.modelfleet.agent.ollama.OllamaSight;
import io.modelfleet.protocol.InstalledModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the coordinator was last told about Ollama, and so what is news. Thread-safe. */
final class ModelNews {
    private static final Duration REPEAT = Duration.ofMinutes(1);

    private final InstantSource time;
    private @Nullable List<InstalledModel> told;
    private @Nullable String toldVersion;
    private Instant toldAt = Instant.EPOCH;

    ModelNews(InstantSource time) {
        this.time = time;
    }

    /** All installed models when they changed or were not told for a minute, otherwise nothing. */
    synchronized @Nullable List<InstalledModel> installed(OllamaSight sight) {
        boolean due = Duration.between(toldAt, time.instant()).compareTo(REPEAT) >= 0;
        return due || !Objects.equals(told, sight.installed()) ? sight.installed() : null;
    }

    /** Ollama's version when it changed. */
    synchronized @Nullable String version(OllamaSight sight) {
        return Objects.equals(toldVersion, sight.version()) ? null : sight.version();
    }

    /** The coordinator has taken note of all this. */
    synchronized void told(OllamaSight sight, boolean withModels) {
        if (sight.version() != null) {
            toldVersion = sight.version();
        }
        if (withModels && sight.installed() != null) {
            told = sight.installed();
            toldAt = time.instant();
        }
    }
}
