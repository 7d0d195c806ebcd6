package io.modelfleet.console.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.PullRequest;
import io.modelfleet.protocol.TaskCreated;
import io.modelfleet.protocol.TaskPage;
import io.modelfleet.protocol.TaskStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetClientTest {
    private static final UUID NODE = Fleets.id("gpu-01");
    private static final UUID TASK = Fleets.id("task");
    private static final ModelName MODEL = ModelName.parse("example.org/team/llama3.2:3b");

    private final FleetServer server = new FleetServer();
    private FleetClient client = at("http://127.0.0.1");

    @BeforeEach
    void start() {
        server.start();
        client = new FleetClient(server.url(), "mf_secret", () -> Locale.JAPANESE);
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void sendsTokenAndLanguage() {
        server.changes(Fleets.lab());
        assertThat(client.changes(5)).isEqualTo(new Reply.Ok<>(Fleets.lab()));
        FleetServer.Request poll = server.polls().getFirst();
        assertThat(poll.line()).isEqualTo("GET /api/changes?since=5");
        assertThat(poll.token()).isEqualTo("Bearer mf_secret");
        assertThat(poll.language()).isEqualTo("ja");
    }

    @Test
    void asksAsTheContractSays() {
        client.agents();
        client.agent(NODE);
        client.change(NODE, NodeSettings.none().customName(null).tags(List.of("lab")));
        client.removeAgent(NODE);
        client.models(NODE);
        client.pull(NODE, new PullRequest(MODEL, null));
        client.removeModel(NODE, MODEL);
        client.availableModels();
        client.tasks(new TaskQuery(TaskStatus.FAILED, NODE, MODEL, 10, "a b"));
        client.task(TASK);
        client.cancel(TASK);
        client.retry(TASK);
        assertThat(server.requests())
                .extracting(FleetServer.Request::line)
                .containsExactly(
                        "GET /api/agents",
                        "GET /api/agents/" + NODE,
                        "PUT /api/agents/" + NODE + "/settings",
                        "DELETE /api/agents/" + NODE,
                        "GET /api/agents/" + NODE + "/models",
                        "POST /api/agents/" + NODE + "/models/pull",
                        "DELETE /api/agents/" + NODE + "/models/example.org%2Fteam%2Fllama3.2%3A3b",
                        "GET /api/models/available",
                        "GET /api/tasks?status=failed&agent_id="
                                + NODE
                                + "&model_name=example.org%2Fteam%2Fllama3.2%3A3b&limit=10&cursor=a%20b",
                        "GET /api/tasks/" + TASK,
                        "POST /api/tasks/" + TASK + "/cancel",
                        "POST /api/tasks/" + TASK + "/retry");
        assertThat(server.requests().get(2).body())
                .isEqualTo("{\"custom_name\":null,\"tags\":[\"lab\"]}");
        assertThat(server.requests().get(5).body())
                .isEqualTo("{\"model_name\":\"example.org/team/llama3.2:3b\"}");
    }

    @Test
    void aRefusalKeepsTheServersWords() {
        server.answer(
                "POST /api/agents/" + NODE + "/models/pull",
                Answer.problem(503, "AGENT_OFFLINE", "ノード はオフラインです"));
        Reply<TaskCreated> reply = client.pull(NODE, new PullRequest(MODEL, null));
        assertThat(reply).isEqualTo(new Reply.Refused<>(503, "AGENT_OFFLINE", "ノード はオフラインです"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>It works!</body></html>",
                "",
                "null",
                "[]",
                "{}",
                "{\"version\":1,\"full\":true,\"agents\":[{}],\"removed_agents\":[],\"models\":[],\"tasks\":[]}",
                "{\"version\":1,\"full\":true,\"agents\":[null],\"removed_agents\":[],\"models\":[],\"tasks\":[]}",
                "{\"version\":\"one\"}",
                "{\"version\":1,\"full\":tr"
            })
    void nonsenseIsNoCoordinator(String body) {
        server.answer("GET /api/changes", new Answer(200, "text/html", body));
        assertThat(cause(client.changes(-1))).isEqualTo(Reply.Cause.NOT_A_COORDINATOR);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 500, 502})
    void aWebServersErrorIsNoCoordinator(int status) {
        server.answer("GET /api/tasks", new Answer(status, "text/html", "<h1>no</h1>"));
        Reply<TaskPage> reply = client.tasks(new TaskQuery(null, null, null, 1, null));
        assertThat(cause(reply)).isEqualTo(Reply.Cause.NOT_A_COORDINATOR);
    }

    @Test
    void saysWhyNobodyAnswers() {
        server.stop();
        assertThat(cause(client.changes(-1))).isEqualTo(Reply.Cause.CONNECTION_REFUSED);
        assertThat(cause(at("http://nowhere.invalid").changes(-1)))
                .isEqualTo(Reply.Cause.UNKNOWN_HOST);
        assertThat(cause(at("ftp://host").changes(-1))).isEqualTo(Reply.Cause.BAD_ADDRESS);
    }

    @Test
    void plainHttpAskedSecurelyIsATlsFailure() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerPlainly(plain));
            String secure = "https://127.0.0.1:" + plain.getLocalPort();
            assertThat(cause(at(secure).changes(-1))).isEqualTo(Reply.Cause.TLS);
        }
    }

    /** Reads to the end before it closes: a reset would look like any broken connection. */
    private static void answerPlainly(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[100]);
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theAddressMayEndWithASlash() {
        assertThat(at(server.url() + "/").changes(-1)).isInstanceOf(Reply.Ok.class);
    }

    @Test
    void keepsWhatDidNotChange() {
        FleetState before = FleetState.EMPTY.apply(Fleets.lab());
        Agent changed = Fleets.agent("gpu-02", Presence.OFFLINE);
        FleetState after = before.apply(Fleets.agents(1001, changed));
        assertThat(after.agents().get(changed.id())).isSameAs(changed);
        assertThat(after.agents().get(NODE)).isSameAs(before.agents().get(NODE));
        assertThat(after.models()).isSameAs(before.models());
        FleetState gone =
                after.apply(
                        new Changes(1002, false, List.of(), List.of(NODE), List.of(), List.of()));
        assertThat(gone.agents()).doesNotContainKey(NODE);
        assertThat(gone.models(NODE)).isEmpty();
    }

    private static FleetClient at(String address) {
        return new FleetClient(URI.create(address), null, () -> Locale.ENGLISH);
    }

    private static Reply.Cause cause(Reply<?> reply) {
        assertThat(reply).isInstanceOf(Reply.Unreachable.class);
        return ((Reply.Unreachable<?>) reply).cause();
    }
}
