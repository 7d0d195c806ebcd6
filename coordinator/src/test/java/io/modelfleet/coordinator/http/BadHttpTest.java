package io.modelfleet.coordinator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.coordinator.fixture.Api;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.LogLines;
import io.modelfleet.protocol.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadHttpTest {
    @TempDir static Path folder;
    private static Fleet fleet;

    @BeforeAll
    static void start() {
        fleet = new Fleet(folder, Fleet.OFF);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/nothing", "/api/agents/x/y/z", "/index.html"})
    void unknownPathIsNotFound(String path) {
        assertThat(fleet.api().get(path).refusal()).isEqualTo("404 NOT_FOUND");
        assertThat(fleet.api().post(path, "{}").refusal()).isEqualTo("404 NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/agents, 'GET, POST'",
        "PATCH, /api/agents, 'GET, POST'",
        "POST, /api/agents/{id}, 'DELETE, GET'",
        "POST, /api/agents/{id}/settings, PUT",
        "GET, /api/health, POST",
        "POST, /api/tasks, GET",
        "GET, /api/tasks/{id}/cancel, POST",
        "GET, /api/models/distribute, POST",
        "DELETE, /api/changes, GET",
        "BREW, /health, GET"
    })
    void wrongMethodNamesTheRightOnes(String method, String path, String allowed) {
        Api.Reply reply =
                fleet.api()
                        .send(
                                fleet.api()
                                        .request(
                                                path.replace(
                                                        "{id}",
                                                        "7f1c6a52-0d62-4d3c-9a3e-0d6c2f4b8a11"))
                                        .method(method, BodyPublishers.noBody()));

        assertThat(reply.refusal()).isEqualTo("405 METHOD_NOT_ALLOWED");
        assertThat(reply.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/xml; charset=utf-8"
            })
    void otherMediaTypesAreRefused(String type) {
        assertThat(typed(type).refusal()).isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON"})
    void jsonWithParametersOrInCapitalsIsJson(String type) {
        assertThat(typed(type).refusal()).isEqualTo("400 INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", ";", "application/"})
    void contentTypeThatIsNoneIsRefused(String type) {
        assertThat(typed(type).refusal()).isIn("415 UNSUPPORTED_MEDIA_TYPE", "400 INVALID_REQUEST");
    }

    private static Api.Reply typed(String type) {
        return fleet.api()
                .send(
                        fleet.api()
                                .request("/api/health")
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString("{}")));
    }

    @Test
    void missingContentTypeCountsAsJson() {
        Api.Reply reply =
                fleet.api()
                        .send(
                                fleet.api()
                                        .request("/api/health")
                                        .POST(BodyPublishers.ofString("{}")));
        assertThat(reply.refusal()).isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void bodyOf10MegabytesIsTooLargeWithAndWithoutALength() {
        byte[] large = ("{\"machine_name\":\"" + "x".repeat(10 << 20) + "\"}").getBytes(UTF_8);

        assertThat(
                        fleet.api()
                                .send(
                                        fleet.api()
                                                .request("/api/agents")
                                                .POST(BodyPublishers.ofByteArray(large)))
                                .refusal())
                .isEqualTo("413 PAYLOAD_TOO_LARGE");
        assertThat(
                        fleet.api()
                                .send(
                                        fleet.api()
                                                .request("/api/agents")
                                                .POST(
                                                        BodyPublishers.ofInputStream(
                                                                () ->
                                                                        new ByteArrayInputStream(
                                                                                large))))
                                .refusal())
                .isEqualTo("413 PAYLOAD_TOO_LARGE");
        assertThat(fleet.api().get("/api/agents").json()).isEmpty();
    }

    @Test
    void deepNestingIsMalformed() {
        assertThat(fleet.api().post("/api/agents", "{\"x\":" + "[".repeat(400_000)).refusal())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                      | タスク",
                "ja                      | タスク",
                "ja-JP,en;q=0.8          | タスク",
                "en                      | task",
                "en-US,en;q=0.9,ja;q=0.8 | task",
                "fr, en;q=0.5            | task",
                "fr                      | タスク",
                "*                       | タスク",
                ";;;garbage              | タスク"
            })
    void textFollowsTheLanguageAndJapaneseIsTheDefault(String language, String beginning) {
        var request = fleet.api().request("/api/tasks/7f1c6a52-0d62-4d3c-9a3e-0d6c2f4b8a11").GET();
        if (!language.isEmpty()) {
            request.header("Accept-Language", language);
        }

        Api.Reply reply = fleet.api().send(request);

        assertThat(reply.refusal()).isEqualTo("404 TASK_NOT_FOUND");
        assertThat(reply.text("error")).startsWith(beginning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/tasks?cursor=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/tasks/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/tasks?cursor=% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/agents/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET  HTTP/1.1\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /health HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /he\u0000alth HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost x\r\n\r\n",
                "POST /api/health HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
                "POST /api/health HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST /api/health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void brokenHttpIsAnsweredInJsonAndLeavesTheServerRunning(String request) throws IOException {
        try (LogLines log = new LogLines()) {
            String answer = raw(request);

            assertThat(answer).startsWith("HTTP/1.1 4");
            JsonNode problem =
                    Json.mapper()
                            .readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4).strip());
            assertThat(problem.path("code").asText()).isIn("INVALID_REQUEST", "NOT_FOUND");
            assertThat(problem.path("error").asText()).isNotEmpty();
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("exception", "helidon");
            assertThat(log.lines()).noneMatch(line -> line.startsWith("SEVERE"));
        }
        assertThat(fleet.api().get("/health").status()).isEqualTo(200);
    }

    @Test
    void pathOfEndlessLengthIsAnsweredInJson() throws IOException {
        String answer = raw("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("\"code\"");
    }

    private static String raw(String request) throws IOException {
        URI url = URI.create(fleet.api().request("/").build().uri().toString());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
