package io.modelfleet.simulator.ollama;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in behaves as the real one. */
class OllamaStandInConformanceTest extends OllamaConformance {
    private static @Nullable OllamaStandIn ollama;

    @BeforeAll
    static void start(@TempDir Path directory) {
        PullTiming timing =
                PullTiming.LIKE_OLLAMA.withPartSize(1_000_000).withRetryBase(Duration.ofMillis(20));
        ollama =
                new OllamaStandIn(
                        OllamaSettings.of(directory, URI.create("http://127.0.0.1:1"))
                                .withTiming(timing));
        ollama.start(0);
    }

    @AfterAll
    static void stop() {
        if (ollama != null) {
            ollama.close();
        }
    }

    @Override
    URI url() {
        if (ollama == null) {
            throw new IllegalStateException("not started");
        }
        return ollama.url();
    }
}
