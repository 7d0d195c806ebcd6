package io.modelfleet.simulator.ollama;

import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The real Ollama still behaves as it was recorded: run with {@code OLLAMA_URL}, as in {@code
 * http://127.0.0.1:11434}. It pulls a few megabytes from a registry on loopback and deletes what it
 * pulled.
 */
@EnabledIfEnvironmentVariable(named = "OLLAMA_URL", matches = "http.+")
class RealOllamaConformanceTest extends OllamaConformance {
    @Override
    URI url() {
        return URI.create(System.getenv("OLLAMA_URL"));
    }
}
