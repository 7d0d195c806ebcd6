package io.modelfleet.agent.standin;

import com.sun.net.httpserver.HttpExchange;
import io.modelfleet.protocol.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** How the stand-in answers one pull. */
@FunctionalInterface
public interface PullScript {
    void play(HttpExchange exchange) throws IOException, InterruptedException;

    /** The answer as Ollama's own code gave it; see the README of the recordings. */
    static PullScript recorded(String name) {
        String text = recording(name);
        int head = text.indexOf("\n\n");
        int status = Integer.parseInt(text.replaceFirst("(?s).*?HTTP/1.1 (\\d+).*", "$1"));
        byte[] body = text.substring(head + 2).getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    static String recording(String name) {
        try (InputStream in =
                PullScript.class.getResourceAsStream("/recordings/" + name + ".txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These lines, then the end of the stream. */
    static PullScript lines(String... lines) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            send(exchange, lines);
            exchange.close();
        };
    }

    /** These lines, then nothing until the gate opens, then those. */
    static PullScript gated(CountDownLatch gate, String[] before, String... after) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            send(exchange, before);
            gate.await();
            send(exchange, after);
            exchange.close();
        };
    }

    /** These lines, then the first ones of an endless download; counts down when it is cut. */
    static PullScript untilCut(CountDownLatch cut, String... lines) {
        return exchange -> {
            try {
                exchange.sendResponseHeaders(200, 0);
                send(exchange, lines);
                while (!Thread.currentThread().isInterrupted()) {
                    // Blank lines are nothing to the reader, and fail once nobody reads.
                    send(exchange, "");
                    Thread.onSpinWait();
                }
            } catch (IOException cutOff) {
                cut.countDown();
            } finally {
                exchange.close();
            }
        };
    }

    static void send(HttpExchange exchange, String... lines) throws IOException {
        for (String line : lines) {
            exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseBody().flush();
    }

    static String manifest() {
        return "{\"status\":\"pulling manifest\"}";
    }

    static String layer(Digest digest, long total, long completed) {
        return "{\"status\":\"pulling "
                + digest.hex().substring(0, 12)
                + "\",\"digest\":\""
                + digest
                + "\",\"total\":"
                + total
                + (completed == 0 ? "" : ",\"completed\":" + completed)
                + "}";
    }

    static String verifying() {
        return "{\"status\":\"verifying sha256 digest\"}";
    }

    static String success() {
        return "{\"status\":\"success\"}";
    }

    static String error(String text) {
        return "{\"error\":\"" + text.replace("\"", "\\\"") + "\"}";
    }
}
