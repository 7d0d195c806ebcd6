package io.modelfleet.agent.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where Ollama keeps its models. */
public final class ModelStore {
    private static final Path LINUX_SERVICE = Path.of("/usr/share/ollama/.ollama/models");

    private ModelStore() {}

    /**
     * {@code $OLLAMA_MODELS}, otherwise the folder of Ollama's Linux service where there is one,
     * otherwise {@code ~/.ollama/models}.
     *
     * @param home of the user that this process runs as
     */
    public static Path locate(Map<String, String> environment, Path home) {
        return locate(environment, home, LINUX_SERVICE);
    }

    static Path locate(Map<String, String> environment, Path home, Path service) {
        String told = environment.getOrDefault("OLLAMA_MODELS", "");
        if (!told.isBlank()) {
            return Path.of(told.strip());
        }
        // "Not certainly missing": the service's home may be closed to this user.
        return Files.notExists(service) ? home.resolve(".ollama").resolve("models") : service;
    }
}
