package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Problem;
import io.modelfleet.service.RawHttp.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonServerTest {
    private static final int MAX_BODY = 1000;
    private static final String ENGLISH = "Accept-Language: en\r\n";
    private static final String JSON = ENGLISH + "Content-Type: application/json\r\n";

    private final LogLines log = new LogLines(JsonServer.class);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final JsonServer server =
            new JsonServer(
                    "127.0.0.1",
                    0,
                    MAX_BODY,
                    List.of(
                            Route.get("/nodes", call -> Answer.ok(List.of("a"))),
                            Route.post("/nodes", call -> Answer.accepted(call.body(Note.class))),
                            Route.get("/nodes/{id}", call -> Answer.ok(call.path("id"))),
                            Route.delete("/nodes/{id}", call -> Answer.empty()),
                            Route.delete(
                                    "/nodes/{id}/models/{+name}",
                                    call -> Answer.ok(List.of(call.path("id"), call.path("name")))),
                            Route.put("/nodes/{id}/notes", call -> Answer.ok(call.id("id"))),
                            Route.get("/search", JsonServerTest::search),
                            Route.get(
                                    "/offline",
                                    call -> {
                                        throw FleetException.agentOffline(new UUID(0, 0));
                                    }),
                            Route.get(
                                    "/bug",
                                    call -> {
                                        throw new IllegalStateException("a secret");
                                    }),
                            Route.get(
                                    "/error",
                                    call -> {
                                        throw new AssertionError("a secret");
                                    }),
                            Route.get("/page", call -> Answer.text("text/plain", "ページ")),
                            Route.get("/slow", call -> slow())));

    record Note(String text) {}

    private static Answer search(Call call) {
        return Answer.ok(
                Map.of(
                        "q", call.query("q").orElse("-"),
                        "id", call.queryId("id").map(UUID::toString).orElse("-"),
                        "limit", call.queryNumber("limit", 1, 500).orElse(100L)));
    }

    private Answer slow() {
        entered.countDown();
        try {
            assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Answer.ok("done");
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.close();
        log.close();
    }

    @Test
    void answersAreJsonAndNotCached() throws IOException {
        try (RawHttp http = connect()) {
            Response response = http.get("/nodes");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("[\"a\"]");
            assertThat(response.header("Content-Type")).isEqualTo("application/json");
            assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void textAndEmptyAnswersAreAnswersToo() throws IOException {
        try (RawHttp http = connect()) {
            assertThat(http.exchange("DELETE", "/nodes/1", "").status()).isEqualTo(204);
            assertThat(http.get("/page").body()).isEqualTo("ページ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes/1, 1",
        "/nodes/a%20b, a b",
        "/nodes/%E3%83%8E%E3%83%BC%E3%83%89, ノード",
        "/nodes/a+b, a+b",
        "/nodes/a%2Bb, a+b",
    })
    void partsOfThePathAreDecoded(String target, String expected) throws IOException {
        try (RawHttp http = connect()) {
            assertThat(http.get(target).body()).isEqualTo("\"" + expected + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes/1/models/gpt-oss:20b, gpt-oss:20b",
        "/nodes/1/models/gpt-oss%3A20b, gpt-oss:20b",
        "/nodes/1/models/hf.co/owner/model:Q4, hf.co/owner/model:Q4",
        "/nodes/1/models/hf.co%2Fowner%2Fmodel:Q4, hf.co/owner/model:Q4",
        "/nodes/1/models/hf.co%2fowner/model, hf.co/owner/model",
    })
    void theRestOfThePathKeepsItsSlashes(String target, String expected) throws IOException {
        try (RawHttp http = connect()) {
            assertThat(http.exchange("DELETE", target, "").body())
                    .isEqualTo("[\"1\",\"" + expected + "\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/nope", "/nodes/1/2/3", "/NODES", "/nodes/1/models/", "/%2e%2e/x"})
    void unknownPathsAreNotFound(String target) throws IOException {
        try (RawHttp http = connect()) {
            Response response = http.exchange("GET", target, ENGLISH);

            assertThat(response.status()).isEqualTo(404);
            assertThat(problem(response).code()).isEqualTo("NOT_FOUND");
            assertThat(problem(response).error()).startsWith("not found: /");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /nodes | GET, POST",
                "DELETE | /nodes | GET, POST",
                "PATCH | /nodes/1 | DELETE, GET",
                "OPTIONS | /nodes | GET, POST",
                "GET | /nodes/1/models/a/b | DELETE",
                "POST | /bug | GET",
            })
    void wrongMethodsAreRefusedWithTheRightOnes(String method, String target, String allowed)
            throws IOException {
        try (RawHttp http = connect()) {
            Response response = http.exchange(method, target, ENGLISH);

            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("Allow")).isEqualTo(allowed);
            assertThat(problem(response))
                    .isEqualTo(
                            new Problem(
                                    method + " is not allowed here (allowed: " + allowed + ")",
                                    "METHOD_NOT_ALLOWED"));
        }
    }

    @Test
    void aHeadHasNoBodyAndTheConnectionGoesOn() throws IOException {
        try (RawHttp http = connect()) {
            assertThat(http.exchange("HEAD", "/nodes", "").status()).isEqualTo(200);
            assertThat(http.exchange("HEAD", "/nope", "").status()).isEqualTo(404);
            assertThat(http.exchange("HEAD", "/nodes/1/models/m", "").status()).isEqualTo(405);
            assertThat(http.get("/nodes").body()).isEqualTo("[\"a\"]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | node",
                "en-US,en;q=0.9,ja;q=0.1 | node",
                "fr,en;q=0.5 | node",
                "ja | ノード",
                "ja,en;q=0.9 | ノード",
                "en;q=0.1,ja;q=0.9 | ノード",
                "fr | ノード",
                "* | ノード",
                "en;q=0 | ノード",
                "en;q=abc | ノード",
                "@@@ | ノード",
                "'' | ノード",
            })
    void theLanguageIsJapaneseUnlessEnglishIsPreferred(String wish, String word)
            throws IOException {
        try (RawHttp http = connect()) {
            Response response =
                    http.exchange("GET", "/offline", "Accept-Language: " + wish + "\r\n");

            assertThat(response.status()).isEqualTo(503);
            assertThat(problem(response).error()).startsWith(word + " 00000000");
        }
    }

    @Test
    void refusalsAreNotLogged() throws IOException {
        try (RawHttp http = connect()) {
            http.get("/offline");

            assertThat(log.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bug", "/error"})
    void aBugIsLoggedOnceAndItsWordsStayInside(String target) throws IOException {
        try (RawHttp http = connect()) {
            Response response = http.exchange("GET", target, ENGLISH);

            assertThat(response.status()).isEqualTo(500);
            assertThat(problem(response).code()).isEqualTo("INTERNAL");
            assertThat(response.body()).doesNotContain("secret", "Exception", "Error:");
            assertThat(log.errors())
                    .singleElement()
                    .satisfies(
                            record -> {
                                assertThat(record.getMessage()).contains("GET " + target);
                                assertThat(record.getThrown()).hasMessage("a secret");
                            });
            assertThat(http.get("/nodes").status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyIsReadWhateverJsonItsTypeIs() throws IOException {
        String body = "{\"text\":\"ü\"}";
        String length = "Content-Length: 13\r\n";
        try (RawHttp http = connect()) {
            assertThat(http.post("/nodes", length, body).status()).isEqualTo(202);
            assertThat(
                            http.post(
                                            "/nodes",
                                            length + "Content-Type: application/json;charset=x\r\n",
                                            body)
                                    .body())
                    .isEqualTo(body);
            assertThat(
                            http.post(
                                            "/nodes",
                                            length + "Content-Type: application/vnd.x+json\r\n",
                                            body)
                                    .status())
                    .isEqualTo(202);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | 415 | UNSUPPORTED_MEDIA_TYPE",
                "application/x-www-form-urlencoded | 415 | UNSUPPORTED_MEDIA_TYPE",
                "nonsense | 415 | UNSUPPORTED_MEDIA_TYPE",
                "a/b/c | 415 | UNSUPPORTED_MEDIA_TYPE",
                ";; | 415 | UNSUPPORTED_MEDIA_TYPE",
            })
    void otherMediaTypesAreRefusedAndTheConnectionGoesOn(String type, int status, String code)
            throws IOException {
        try (RawHttp http = connect()) {
            Response response =
                    http.post(
                            "/nodes",
                            ENGLISH + "Content-Type: " + type + "\r\nContent-Length: 2\r\n",
                            "{}");

            assertThat(response.status()).isEqualTo(status);
            assertThat(problem(response).code()).isEqualTo(code);
            assertThat(http.get("/nodes").status()).isEqualTo(200);
        }
    }

    @Test
    void aMissingOrMalformedBodyIsRefusedAndTheConnectionGoesOn() throws IOException {
        try (RawHttp http = connect()) {
            assertThat(problem(http.post("/nodes", JSON + "Content-Length: 0\r\n", "")).error())
                    .isEqualTo("invalid request: a JSON body is required");
            assertThat(problem(http.post("/nodes", JSON, "")).error())
                    .isEqualTo("invalid request: a JSON body is required");
            assertThat(problem(http.post("/nodes", JSON + "Content-Length: 3\r\n", "{x}")).error())
                    .isEqualTo("invalid request: malformed JSON at line 1, column 2");
            assertThat(
                            problem(
                                            http.post(
                                                    "/nodes",
                                                    JSON + "Transfer-Encoding: chunked\r\n",
                                                    "0\r\n\r\n"))
                                    .code())
                    .isEqualTo("INVALID_REQUEST");
            assertThat(http.get("/nodes").status()).isEqualTo(200);
        }
    }

    @Test
    void theLargestBodyIsTakenAndOneByteMoreIsNot() throws IOException {
        String largest = "{\"text\":\"" + "x".repeat(MAX_BODY - 11) + "\"}";
        try (RawHttp http = connect()) {
            assertThat(http.post("/nodes", JSON + "Content-Length: 1000\r\n", largest).status())
                    .isEqualTo(202);

            Response response =
                    http.post("/nodes", JSON + "Content-Length: 1001\r\n", largest + " ");

            assertThat(response.status()).isEqualTo(413);
            assertThat(problem(response))
                    .isEqualTo(
                            new Problem(
                                    "the request body is too large (at most 1000 bytes)",
                                    "PAYLOAD_TOO_LARGE"));
            assertThat(http.closedByServer()).isTrue();
        }
    }

    @Test
    void aChunkedBodyHasTheSameLimit() throws IOException {
        String chunked = JSON + "Transfer-Encoding: chunked\r\n";
        String chunk = "c8\r\n" + "x".repeat(200) + "\r\n";
        try (RawHttp http = connect()) {
            assertThat(
                            http.post(
                                            "/nodes",
                                            chunked,
                                            "8\r\n{\"text\":\r\n4\r\n\"y\"}\r\n0\r\n\r\n")
                                    .body())
                    .isEqualTo("{\"text\":\"y\"}");
            Response response = http.post("/nodes", chunked, chunk.repeat(6) + "0\r\n\r\n");

            assertThat(response.status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatSendsTenMegabytesReadsItsRefusal(boolean lengthKnown) throws Exception {
        byte[] body = new byte[10 << 20];
        HttpRequest.BodyPublisher known = HttpRequest.BodyPublishers.ofByteArray(body);
        HttpRequest request =
                HttpRequest.newBuilder(uri("/nodes"))
                        .POST(lengthKnown ? known : HttpRequest.BodyPublishers.fromPublisher(known))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("PAYLOAD_TOO_LARGE");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/search?q=a%20b+c | q | a b c",
                "/search?q=%E3%83%8E | q | ノ",
                "/search?q= | q | -",
                "/search?q | q | -",
                "/search | limit | 100",
                "/search?limit=500 | limit | 500",
                "/search?q=gpt-oss:20b | q | gpt-oss:20b",
                "/search?id=550E8400-e29b-41d4-a716-446655440000 | id |"
                        + " 550e8400-e29b-41d4-a716-446655440000",
            })
    void queriesAreRead(String target, String name, String value) throws IOException {
        try (RawHttp http = connect()) {
            Response response = http.get(target);

            assertThat(Json.mapper().readTree(response.body()).get(name).asText()).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/search?limit=0",
                "/search?limit=501",
                "/search?limit=x",
                "/search?limit=1.5",
                "/search?limit=99999999999999999999",
                "/search?id=1",
                "/search?id=1-1-1-1-1",
                "/search?q=%zz",
                "/search?q=%",
                "/nodes/%zz",
                "/nodes/%",
                "/nodes/a b",
            })
    void badQueriesAndPathsAreRefusedAndNotLogged(String target) throws IOException {
        try (RawHttp http = connect()) {
            Response response = http.get(target);

            assertThat(response.status()).isEqualTo(400);
            assertThat(problem(response).code()).isEqualTo("INVALID_REQUEST");
            assertThat(log.errors()).isEmpty();
        }
    }

    @Test
    void anIdInThePathMustBeOne() throws IOException {
        try (RawHttp http = connect()) {
            Response response = http.exchange("PUT", "/nodes/1-1-1-1-1/notes", ENGLISH);

            assertThat(response.status()).isEqualTo(400);
            assertThat(problem(response).error())
                    .isEqualTo("invalid request: id = 1-1-1-1-1 is not allowed (allowed: UUID)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /nodes\r\n\r\n",
                "GET /nodes HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /nodes HTTP/1.1\r\n\r\n",
                "GET /nodes HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                "POST /nodes HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST /nodes HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /nodes HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            })
    void malformedHttpIsAnsweredInJson(String request) throws IOException {
        try (RawHttp http = connect()) {
            Response response = http.write(request).read(true);

            assertThat(response.status()).isBetween(400, 499);
            assertThat(problem(response).code()).isEqualTo("INVALID_REQUEST");
            assertThat(log.errors()).isEmpty();
        }
    }

    @Test
    void theRestOfARefusedBodyIsNotTakenForARequest() throws IOException {
        String smuggled = "x".repeat(1100) + "GET /bug HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawHttp http = connect()) {
            Response response =
                    http.post(
                            "/nodes",
                            JSON + "Content-Length: " + smuggled.length() + "\r\n",
                            smuggled);

            assertThat(response.status()).isEqualTo(413);
            assertThat(http.closedByServer()).isTrue();
            assertThat(log.errors()).isEmpty();
        }
    }

    @Test
    void malformedHttpIsAnsweredInTheWishedLanguageWhereItIsKnown() throws IOException {
        try (RawHttp http = connect()) {
            Response response =
                    http.post("/nodes", JSON + "Transfer-Encoding: chunked\r\n", "zz\r\n");

            assertThat(problem(response).error()).startsWith("invalid request");
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyIsNoBug() throws Exception {
        try (RawHttp http = connect()) {
            http.write("POST /nodes HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
        }
        try (RawHttp http = connect()) {
            assertThat(http.get("/nodes").status()).isEqualTo(200);
        }
        stop();

        assertThat(log.errors()).isEmpty();
    }

    @Test
    void aTakenPortIsToldInOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            JsonServer second =
                    new JsonServer("127.0.0.1", taken.getLocalPort(), MAX_BODY, List.of());

            assertThatThrownBy(second::start)
                    .isInstanceOf(StartException.class)
                    .hasMessage(
                            "port "
                                    + taken.getLocalPort()
                                    + " on 127.0.0.1 cannot be used: Address already in use");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no-such-host.invalid"})
    void anAddressOfAnotherMachineIsToldInOneSentence(String host) {
        JsonServer other = new JsonServer(host, 0, MAX_BODY, List.of());

        assertThatThrownBy(other::start)
                .isInstanceOf(StartException.class)
                .hasMessageContaining(host)
                .hasMessageNotContainingAny("null", "Exception");
    }

    @Test
    void closingLetsARequestFinish() throws Exception {
        try (RawHttp http = connect()) {
            CompletableFuture<Response> answer =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return http.get("/slow");
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            });
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            Thread closing = Thread.ofVirtual().start(server::close);
            await().until(
                            () ->
                                    closing.getState() == Thread.State.TIMED_WAITING
                                            || closing.getState() == Thread.State.WAITING);
            released.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("\"done\"");
            assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aServerThatNeverStartedHasNoPortAndCanBeClosed() {
        try (JsonServer idle = new JsonServer("127.0.0.1", 0, MAX_BODY, List.of())) {
            assertThatThrownBy(idle::port).isInstanceOf(IllegalStateException.class);
        }
    }

    private RawHttp connect() throws IOException {
        return new RawHttp(server.port());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static Problem problem(Response response) {
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        return Json.read(response.body().getBytes(StandardCharsets.UTF_8), Problem.class);
    }
}
