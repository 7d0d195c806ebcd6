package io.modelfleet.simulator.ollama;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One recorded answer of the real Ollama; the recordings' README tells how they were made. */
record Recording(String method, String path, String request, OllamaClient.Answer answer) {
    static Recording of(String name) {
        String file = "/recordings/ollama/" + name + ".txt";
        try (InputStream in = Recording.class.getResourceAsStream(file)) {
            return parse(
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording parse(String text) {
        List<String> lines = text.lines().toList();
        String[] call = lines.getFirst().split(" ", 6);
        int status = Integer.parseInt(lines.get(1).split(" ", 3)[1]);
        int blank = lines.indexOf("");
        String type =
                lines.subList(2, blank).stream()
                        .filter(line -> line.startsWith("Content-Type: "))
                        .map(line -> line.substring("Content-Type: ".length()))
                        .findFirst()
                        .orElse("");
        String body = String.join("\n", lines.subList(blank + 1, lines.size())).strip();
        return new Recording(
                call[2],
                call[3],
                call.length > 5 ? call[5] : "",
                new OllamaClient.Answer(status, type, body));
    }

    /** What was asked, with the recording's registry replaced by another. */
    String requestTo(String registry) {
        return request.replace("registry.test:5000", registry);
    }
}
