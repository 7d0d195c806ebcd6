package io.modelfleet.simulator.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Calls an Ollama, real or not, as plainly as possible. */
final class OllamaClient implements AutoCloseable {
    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    OllamaClient(URI url) {
        this.url = url;
    }

    record Answer(int status, String contentType, String body) {
        List<PullLine> lines() {
            return body.lines().map(PullLine::parse).toList();
        }

        JsonNode json() {
            return Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        }
    }

    Answer call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return new Answer(answer.statusCode(), type, answer.body().strip());
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, "");
    }

    Answer pull(ModelName name) throws IOException, InterruptedException {
        return call("POST", "/api/pull", pullBody(name));
    }

    /** As a patient client does: a download that winds down is waited for. */
    Answer pullPatiently(ModelName name) throws IOException, InterruptedException {
        for (int tries = 0; ; tries++) {
            Answer answer = pull(name);
            if (tries == 1_000 || !answer.body().contains("context canceled")) {
                return answer;
            }
        }
    }

    Answer delete(ModelName name) throws IOException, InterruptedException {
        return call("DELETE", "/api/delete", json(Map.of("model", name.toString())));
    }

    Answer copy(ModelName from, ModelName to) throws IOException, InterruptedException {
        Map<String, String> body = Map.of("source", from.toString(), "destination", to.toString());
        return call("POST", "/api/copy", json(body));
    }

    JsonNode model(ModelName name) throws IOException, InterruptedException {
        for (JsonNode model : get("/api/tags").json().path("models")) {
            if (ModelName.parse(model.path("name").asText()).equals(name)) {
                return model;
            }
        }
        return Json.mapper().missingNode();
    }

    /** Reads a pull until a line is as wanted, then drops the connection. */
    List<PullLine> pullUntil(ModelName name, Predicate<PullLine> enough) {
        byte[] body = pullBody(name).getBytes(StandardCharsets.UTF_8);
        List<PullLine> seen = new ArrayList<>();
        // A plain socket: the JDK's client would first read to the end to keep its connection.
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String head =
                    """
                    POST /api/pull HTTP/1.1\r
                    Host: %s\r
                    Connection: close\r
                    Content-Length: %d\r
                    \r
                    """
                            .formatted(url.getAuthority(), body.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            BufferedReader reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("{")) {
                    seen.add(PullLine.parse(line));
                    if (enough.test(seen.getLast())) {
                        return seen;
                    }
                }
            }
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code insecure} wherever the registry is named, as plain HTTP needs it. */
    static String pullBody(ModelName name) {
        boolean direct = !name.host().equals(ModelName.DEFAULT_HOST);
        return json(Map.of("model", name.toString(), "insecure", direct));
    }

    private static String json(Map<String, ?> fields) {
        return new String(Json.write(fields), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
