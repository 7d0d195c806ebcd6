package io.modelfleet.agent.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Answers as Ollama does; pulls follow scripts, and succeed at once when there is none. */
public final class StandInOllama implements AutoCloseable {
    private final LocalServer server;
    private final Queue<PullScript> scripts = new ConcurrentLinkedQueue<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> installed = new CopyOnWriteArrayList<>();
    private volatile String tags = "";
    private volatile String version = "0.33.0";
    private volatile int deleteStatus = 200;

    public StandInOllama() {
        this(0);
    }

    /**
     * @param port for an Ollama that comes back
     */
    public StandInOllama(int port) {
        server = new LocalServer(port, this::handle);
    }

    public URI url() {
        return server.url();
    }

    /** What the next pull that has no script yet is answered. */
    public StandInOllama nextPull(PullScript script) {
        scripts.add(script);
        return this;
    }

    /** As {@code pull m:latest} and {@code delete m:latest}, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public void install(String model) {
        installed.add(model);
    }

    /** The raw answer of {@code /api/tags}, instead of what is installed. */
    public void tags(String json) {
        tags = json;
    }

    public void version(String text) {
        version = text;
    }

    public void refuseDeletes(int status) {
        deleteStatus = status;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestURI().getPath()) {
            case "/api/version" -> answer(exchange, 200, "{\"version\":\"" + version + "\"}");
            case "/api/tags" -> answer(exchange, 200, tags.isEmpty() ? listed() : tags);
            case "/api/ps" -> answer(exchange, 200, "{\"models\":[]}");
            case "/api/pull" -> pull(exchange, model(body));
            case "/api/delete" -> delete(exchange, model(body));
            default -> answer(exchange, 404, "404 page not found");
        }
    }

    private void pull(HttpExchange exchange, String model) throws IOException {
        calls.add("pull " + model);
        PullScript script = scripts.poll();
        try {
            if (script == null) {
                install(model);
                PullScript.lines(PullScript.manifest(), PullScript.success()).play(exchange);
            } else {
                script.play(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private void delete(HttpExchange exchange, String model) throws IOException {
        calls.add("delete " + model);
        if (deleteStatus == 200 && installed.remove(model)) {
            answer(exchange, 200, "");
        } else {
            answer(
                    exchange,
                    deleteStatus == 200 ? 404 : deleteStatus,
                    "{\"error\":\"model '" + model + "' not found\"}");
        }
    }

    private String listed() {
        return installed.stream()
                .map(
                        name ->
                                "{\"name\":\""
                                        + name
                                        + "\",\"modified_at\":\"2026-11-22T12:26:34.5+09:00\","
                                        + "\"size\":40,\"digest\":\""
                                        + "a".repeat(64)
                                        + "\"}")
                .collect(Collectors.joining(",", "{\"models\":[", "]}"));
    }

    private static String model(byte[] body) {
        return Json.read(body, JsonNode.class).path("model").asText();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        LocalServer.answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
    }
}
