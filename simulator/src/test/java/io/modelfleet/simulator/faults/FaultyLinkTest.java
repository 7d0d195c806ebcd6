package io.modelfleet.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelfleet.simulator.fleet.Api;
import io.modelfleet.simulator.fleet.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyLinkTest {
    private static final String ANSWER = "{\"text\":\"" + "x".repeat(20_000) + "\"}";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private FaultyLink link;
    private Api caller;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        link =
                new FaultyLink(
                        "test",
                        new Endpoint("127.0.0.1", Ports.free("127.0.0.1")),
                        new Endpoint("127.0.0.1", server.getAddress().getPort()));
        link.seed(1);
        link.start();
        caller = new Api(link.url(), Duration.ofMillis(600));
    }

    @AfterEach
    void stop() {
        caller.close();
        link.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
        byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, chunked ? 0 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void everyRequestMeets(NetworkFault fault) {
        link.weather(new Weather(fault, 1));
    }

    @Test
    void inGoodWeatherEveryAnswerPassesWhole() {
        for (int i = 0; i < 3; i++) {
            assertThat(caller.post("/", "\"hello\"").body().path("text").asText()).hasSize(20_000);
            assertThat(caller.get("/chunked").body().path("text").asText()).hasSize(20_000);
        }
        assertThat(received).hasSize(6).contains("\"hello\"");
        assertThat(link.traffic().faults()).isZero();
        assertThat(link.traffic().bytes("/")).isEqualTo(3L * ANSWER.length());
    }

    @Test
    void refusedCallersSeeAClosedPortAndComeBackLater() {
        everyRequestMeets(NetworkFault.REFUSE);
        assertThatThrownBy(() -> caller.get("/"))
                .hasCauseInstanceOf(java.net.ConnectException.class);
        link.clear();
        assertThat(caller.get("/").status()).isEqualTo(200);
    }

    @Test
    void whereNothingRunsNothingListens() {
        link.targetRuns(false);
        assertThatThrownBy(() -> caller.get("/"))
                .hasCauseInstanceOf(java.net.ConnectException.class);
        link.targetRuns(true);
        assertThat(caller.get("/").status()).isEqualTo(200);
    }

    @Test
    void aCutRequestNeverArrivesWhole() {
        everyRequestMeets(NetworkFault.CUT_REQUEST);
        assertThatThrownBy(() -> caller.post("/", "\"0123456789\""))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(received).doesNotContain("\"0123456789\"");
    }

    @Test
    void aCutAnswerBreaksOffAfterTheWorkWasDone() {
        everyRequestMeets(NetworkFault.CUT_ANSWER);
        assertThatThrownBy(() -> caller.post("/", "\"work\""))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(received).containsExactly("\"work\"");
    }

    @Test
    void aLostAnswerMeansThatTheWorkWasDone() {
        everyRequestMeets(NetworkFault.LOSE_ANSWER);
        assertThatThrownBy(() -> caller.post("/", "\"work\""))
                .isInstanceOf(UncheckedIOException.class);
        await().untilAsserted(() -> assertThat(received).containsExactly("\"work\""));
    }

    @Test
    void silenceEndsWhenTheWeatherClearsAndNothingArrived() {
        everyRequestMeets(NetworkFault.SILENCE);
        assertThatThrownBy(() -> caller.get("/")).isInstanceOf(UncheckedIOException.class);
        assertThat(link.idle()).isFalse();
        link.clear();
        await().untilAsserted(() -> assertThat(link.idle()).isTrue());
        assertThat(received).isEmpty();
    }

    @Test
    void aDuplicateArrivesTwiceAndIsAnsweredOnce() {
        everyRequestMeets(NetworkFault.DUPLICATE);
        assertThat(caller.post("/", "\"twice\"").status()).isEqualTo(200);
        link.clear();
        await().untilAsserted(() -> assertThat(received).containsExactly("\"twice\"", "\"twice\""));
    }

    @Test
    void aHeldRequestArrivesAfterLaterOnes() {
        everyRequestMeets(NetworkFault.REORDER);
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> assertThatThrownBy(() -> caller.post("/", "1")));
        await().until(() -> !link.idle());
        link.weather(new Weather(NetworkFault.DUPLICATE, Double.MIN_VALUE));
        caller.post("/", "2");
        caller.post("/", "3");
        await().untilAsserted(() -> assertThat(received).containsSubsequence("2", "1"));
        first.cancel(true);
    }
}
