package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class JsonClientTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final JsonClient client = new JsonClient(LONG);

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 307})
    void aStatusBelow400IsOk(int status) throws Exception {
        String body = status == 204 ? "" : "[1]";
        try (Peer peer = new Peer(answer(status, body))) {
            assertThat(client.get(peer.uri(), LONG))
                    .isInstanceOfSatisfying(
                            Reply.Ok.class,
                            ok -> {
                                assertThat(ok.status()).isEqualTo(status);
                                assertThat(ok.body()).asString().isEqualTo(body);
                            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\":\"words\",\"code\":\"AGENT_OFFLINE\"} | words | AGENT_OFFLINE",
                "{\"error\":\"words\",\"later\":1} | words | ``",
                "{\"error\":\"words\",\"code\":\"NOT_YET_KNOWN\"} | words | NOT_YET_KNOWN",
                "{} | HTTP 503 | ``",
                "`` | HTTP 503 | ``",
                "<html>Bad Gateway</html> | <html>Bad Gateway</html> | ``",
                "{\"error\":5} | {\"error\":5} | ``",
                "[] | [] | ``",
                "null | null | ``",
            })
    void aStatusFrom400OnIsARefusalInThePeersOwnWords(String body, String text, String code)
            throws Exception {
        try (Peer peer = new Peer(answer(503, body))) {
            assertThat(client.delete(peer.uri(), LONG))
                    .isEqualTo(new Reply.Refused(503, text, code));
        }
    }

    @Test
    void aLongRefusalIsCut() throws Exception {
        try (Peer peer = new Peer(answer(500, "x".repeat(5000)))) {
            assertThat(client.get(peer.uri(), LONG))
                    .isEqualTo(new Reply.Refused(500, "x".repeat(200), ""));
        }
    }

    @Test
    void recordsArePostedAsJsonAndEnglishIsAskedFor() throws Exception {
        try (Peer peer = new Peer(answer(202, ""))) {
            client.post(peer.uri(), new Problem("ü", null), LONG);

            assertThat(peer.heard())
                    .startsWith("POST /path?q=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("Content-Type: application/json\r\n")
                    .containsIgnoringCase("Accept-Language: en\r\n")
                    .endsWith("\r\n\r\n{\"error\":\"ü\"}");
        }
    }

    @Test
    void aClosedPortIsUnreachableAndNothingWasSent() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(client.get(URI.create("http://127.0.0.1:" + port + "/"), LONG))
                .isEqualTo(new Reply.Unreachable("connection refused", true));
    }

    @Test
    void anUnknownHostIsUnreachableAndNothingWasSent() {
        assertThat(client.get(URI.create("http://no-such-host.invalid/"), LONG))
                .isEqualTo(new Reply.Unreachable("unknown host", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://my_host:80/", "ftp://host/", "/path", "http:///path"})
    void whatIsNoHttpAddressIsUnreachable(String uri) {
        assertThat(client.get(URI.create(uri), LONG))
                .isEqualTo(new Reply.Unreachable("invalid address", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            })
    void aPeerThatFallsSilentTimesOutWhereverItStops(String sofar) throws Exception {
        try (Peer peer = new Peer(sofar, true)) {
            assertThat(client.get(peer.uri(), SHORT))
                    .isEqualTo(new Reply.Unreachable("timed out", false));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "no http at all\r\n\r\n",
            })
    void aConnectionThatIsCutIsUnreachableAndMayHaveArrived(String sofar) throws Exception {
        try (Peer peer = new Peer(sofar)) {
            assertThat(client.get(peer.uri(), LONG))
                    .isInstanceOfSatisfying(
                            Reply.Unreachable.class,
                            lost -> {
                                assertThat(lost.unsent()).isFalse();
                                assertThat(lost.cause()).isNotBlank().isNotEqualTo("timed out");
                            });
        }
    }

    @Test
    void anInterruptedCallerIsToldAndStaysInterrupted() throws Exception {
        try (Peer peer = new Peer("", true)) {
            Thread.currentThread().interrupt();

            assertThat(client.get(peer.uri(), LONG))
                    .isEqualTo(new Reply.Unreachable("interrupted", false));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void causesHaveTheWordsThatOperatorsKnow() {
        assertThat(JsonClient.cause(new ConnectException())).isEqualTo("connection refused");
        assertThat(JsonClient.cause(caused(new NoRouteToHostException())))
                .isEqualTo("no route to host");
        assertThat(JsonClient.cause(new HttpTimeoutException("x"))).isEqualTo("timed out");
        assertThat(JsonClient.cause(new IOException())).isEqualTo("connection lost");
        assertThat(JsonClient.cause(new IOException("Connection reset")))
                .isEqualTo("connection reset");
    }

    private static IOException caused(Exception cause) {
        ConnectException failure = new ConnectException();
        failure.initCause(cause);
        return failure;
    }

    private static String answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return "HTTP/1.1 "
                + status
                + " X\r\nConnection: close\r\n"
                + (status == 204 ? "" : "Content-Length: " + bytes.length + "\r\n")
                + "\r\n"
                + body;
    }

    /** Answers one connection with the bytes it was given, whatever they are. */
    private static final class Peer implements AutoCloseable {
        private final ServerSocket listening =
                new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile String heard = "";
        private final String answer;
        private final boolean thenSilent;

        Peer(String answer) throws IOException {
            this(answer, false);
        }

        Peer(String answer, boolean thenSilent) throws IOException {
            this.answer = answer;
            this.thenSilent = thenSilent;
            Thread.ofVirtual().start(this::serve);
        }

        /** More than once: the JDK's client tries again when a GET was not answered at all. */
        private void serve() {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    answer(socket);
                } catch (IOException | InterruptedException gone) {
                    // the test looks at what its client made of it
                }
            }
        }

        private void answer(Socket socket) throws IOException, InterruptedException {
            byte[] request = new byte[8192];
            int length = socket.getInputStream().read(request);
            String text = new String(request, 0, Math.max(0, length), StandardCharsets.UTF_8);
            while (text.startsWith("POST") && text.endsWith("\r\n\r\n")) {
                length = socket.getInputStream().read(request);
                text += new String(request, 0, length, StandardCharsets.UTF_8);
            }
            heard = text;
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            if (thenSilent) {
                assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/path?q=1");
        }

        String heard() {
            return heard;
        }

        @Override
        public void close() throws IOException {
            done.countDown();
            listening.close();
        }
    }
}
