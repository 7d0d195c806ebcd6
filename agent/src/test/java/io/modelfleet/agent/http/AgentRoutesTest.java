package io.modelfleet.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.agent.pull.Journal;
import io.modelfleet.agent.pull.TaskQueue;
import io.modelfleet.agent.standin.HandWorks;
import io.modelfleet.protocol.AgentHealth;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Problem;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.JsonServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentRoutesTest {
    private static final String ID = "550e8400-e29b-41d4-a716-446655440000";
    private static final String PULL = "{\"model\":\"gpt-oss:20b\",\"task_id\":\"" + ID + "\"}";

    @TempDir private Path directory;
    private final HandWorks works = new HandWorks();
    private final HttpClient http = HttpClient.newHttpClient();
    private TaskQueue queue;
    private JsonServer server;

    @BeforeEach
    void start() {
        InstantSource time = InstantSource.system();
        queue = new TaskQueue(new Journal(directory, time), works, 1, report -> {}, time, "t");
        queue.start();
        AgentRoutes routes =
                new AgentRoutes(
                        queue,
                        () ->
                                new AgentHealth(
                                        "ok",
                                        null,
                                        AgentHealth.Link.UNREACHABLE,
                                        OllamaState.UNREACHABLE,
                                        "test",
                                        null));
        server = new JsonServer("127.0.0.1", 0, 64 * 1024, routes.table());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        queue.close();
        http.close();
    }

    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Accept-Language", "en")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Problem problem(HttpResponse<String> response) {
        return Json.read(response.body().getBytes(StandardCharsets.UTF_8), Problem.class);
    }

    @Test
    void pullIsAcceptedAtOnceAndTheSameIdAgainChangesNothing() throws Exception {
        HttpResponse<String> first = call("POST", "/pull", PULL);
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body())
                .isEqualTo(
                        "{\"message\":\"accepted\",\"model\":\"gpt-oss:20b\",\"task_id\":\""
                                + ID
                                + "\"}");
        assertThat(call("POST", "/pull", PULL).statusCode()).isEqualTo(202);
        assertThat(queue.reports()).hasSize(1);
        assertThat(call("GET", "/pulls", "").body())
                .startsWith("[{\"task_id\":\"" + ID + "\",\"kind\":\"pull\",\"model\":");
    }

    @Test
    void removalIsATaskToo() throws Exception {
        assertThat(call("POST", "/remove", PULL).statusCode()).isEqualTo(202);
        assertThat(queue.reports().getFirst().kind()).isEqualTo(TaskKind.REMOVE);
    }

    @Test
    void whatIsForAnotherAgentIsNotTaken() throws Exception {
        HttpResponse<String> answer =
                call("POST", "/pull", PULL.replace("}", ",\"agent_id\":\"" + ID + "\"}"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(problem(answer).error()).contains("not " + ID);
        assertThat(queue.reports()).isEmpty();
    }

    @Test
    void deleteCancels() throws Exception {
        call("POST", "/pull", PULL);
        UUID id = UUID.fromString(ID);
        await().until(() -> works.started().contains(id));
        assertThat(call("DELETE", "/pulls/" + ID, "").statusCode()).isEqualTo(202);
        assertThat(queue.report(id).orElseThrow().status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(call("DELETE", "/pulls/" + ID, "").statusCode()).isEqualTo(202);
    }

    @Test
    void healthAnswersWithoutCoordinatorAndOllama() throws Exception {
        assertThat(call("GET", "/health", "").body())
                .isEqualTo(
                        "{\"status\":\"ok\",\"coordinator\":\"unreachable\","
                                + "\"ollama\":\"unreachable\",\"version\":\"test\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST | /pull | '' | 400 | INVALID_REQUEST
                    POST | /pull | {"model": | 400 | INVALID_REQUEST
                    POST | /pull | [] | 400 | INVALID_REQUEST
                    POST | /pull | {"model":"gpt-oss:20b"} | 400 | INVALID_REQUEST
                    POST | /pull | {"task_id":"550e8400-e29b-41d4-a716-446655440000"} | 400 | INVALID_REQUEST
                    POST | /pull | {"model":"m","task_id":"1"} | 400 | INVALID_REQUEST
                    POST | /pull | {"model":5,"task_id":"550e8400-e29b-41d4-a716-446655440000"} | 400 | INVALID_REQUEST
                    POST | /pull | {"model":"a/../../b","task_id":"550e8400-e29b-41d4-a716-446655440000"} | 400 | INVALID_MODEL_NAME
                    POST | /remove | {"model":"Invalid@Model#Name","task_id":"550e8400-e29b-41d4-a716-446655440000"} | 400 | INVALID_MODEL_NAME
                    POST | /pull | {"model":"m","task_id":"550e8400-e29b-41d4-a716-446655440000","blobs":[{"digest":"sha256:00","size":1}]} | 400 | INVALID_REQUEST
                    DELETE | /pulls/1 | '' | 400 | INVALID_REQUEST
                    DELETE | /pulls/550e8400-e29b-41d4-a716-446655440000 | '' | 404 | TASK_NOT_FOUND
                    GET | /pull | '' | 405 | METHOD_NOT_ALLOWED
                    GET | /nothing | '' | 404 | NOT_FOUND
                    """)
    void badInputIsRefusedAndStartsNothing(
            String method, String path, String body, int status, String code) throws Exception {
        HttpResponse<String> response = call(method, path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(problem(response).code()).isEqualTo(code);
        assertThat(queue.reports()).isEmpty();
    }

    @Test
    void bodyOverTheLimitIsRefused() throws Exception {
        HttpResponse<String> response = call("POST", "/pull", " ".repeat(70_000) + PULL);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(queue.reports()).isEmpty();
    }
}
