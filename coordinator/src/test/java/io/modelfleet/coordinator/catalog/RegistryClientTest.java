package io.modelfleet.coordinator.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String NAME = "llama3.2:3b";

    private final LoopbackRegistry registry = new LoopbackRegistry();

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void manifestIsAskedForAsOllamaDoes() {
        Digest digest = registry.serve(NAME, 2_019_393_189L);

        Lookup lookup = fetch(TIMEOUT);

        assertThat(lookup)
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> {
                            assertThat(found.manifest().digest()).isEqualTo(digest);
                            assertThat(found.manifest().size()).isEqualTo(2_019_393_189L);
                        });
        assertThat(registry.accepted())
                .containsExactly("application/vnd.docker.distribution.manifest.v2+json");
    }

    @Test
    void absentModelIsMissing() {
        assertThat(fetch(TIMEOUT)).isEqualTo(new Lookup.Missing());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void errorIsUnreachable(int status) {
        registry.answerAll(LoopbackRegistry.status(status));

        assertThat(fetch(TIMEOUT))
                .isEqualTo(new Lookup.Unreachable("the registry answered " + status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Please log in to the guest network</html>",
                "",
                "{}",
                "[]",
                "null",
                "{\"layers\":[null]}",
                "{\"layers\":[{\"digest\":\"sha256:00\",\"size\":1}]}"
            })
    void answerThatIsNoManifestIsUnreachable(String body) {
        registry.answerAll(LoopbackRegistry.bytes(200, body.getBytes(UTF_8)));

        assertThat(reason(fetch(TIMEOUT))).startsWith("the registry's answer is no manifest");
    }

    @Test
    void hugeAnswerIsNotReadToItsEnd() {
        registry.answerAll(
                LoopbackRegistry.bytes(200, new byte[RegistryClient.LARGEST_MANIFEST + 1]));

        assertThat(fetch(TIMEOUT)).isInstanceOf(Lookup.Unreachable.class);
    }

    @Test
    void silentRegistryIsGivenUp() {
        registry.answerAll(registry.silence());

        assertThat(fetch(SHORT)).isEqualTo(new Lookup.Unreachable("no answer within 300 ms"));
    }

    @Test
    void stallInTheMiddleOfAnAnswerIsGivenUp() {
        registry.answerAll(registry.half());

        assertThat(fetch(SHORT)).isEqualTo(new Lookup.Unreachable("no answer within 300 ms"));
    }

    @Test
    void refusedConnectionIsUnreachable() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + closedPort());

        assertThat(fetch(Map.of(ModelName.DEFAULT_HOST, nobody), NAME))
                .isEqualTo(new Lookup.Unreachable("connection refused"));
    }

    @Test
    void registryOutsideTheConfigurationIsNeverContacted() {
        String authority = registry.uri().getAuthority();

        assertThat(fetch(Map.of("hf.co", registry.uri()), authority + "/library/llama3.2:3b"))
                .isEqualTo(new Lookup.UnknownRegistry(authority));
        assertThat(registry.requests()).isZero();
    }

    @Test
    void hostIsFoundWithoutRegardToCaseAndKeepsThePathOfItsAddress() {
        registry.answerAll(LoopbackRegistry.bytes(200, LoopbackRegistry.manifest(NAME, 1000)));
        Map<String, URI> registries = Map.of("HF.co", registry.uri().resolve("/mirror/"));

        assertThat(fetch(registries, "hf.CO/bartowski/Some.Model-GGUF:Q4_K_M"))
                .isInstanceOf(Lookup.Found.class);
        assertThat(registry.paths())
                .containsExactly("/mirror/v2/bartowski/Some.Model-GGUF/manifests/Q4_K_M");
    }

    @Test
    void redirectOfTheRegistryIsFollowed() {
        registry.serve("moved:3b", 1000);
        registry.answer(
                NAME,
                exchange -> {
                    exchange.getResponseHeaders()
                            .set("Location", LoopbackRegistry.path("moved:3b"));
                    exchange.sendResponseHeaders(307, -1);
                });

        assertThat(fetch(TIMEOUT)).isInstanceOf(Lookup.Found.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"registry.ollama.ai", "ftp://registry", "http:x", "file:/etc", "http://a?b"})
    void addressThatIsNotHttpIsRefusedInOneSentence(String address) {
        Map<String, URI> registries = Map.of("hf.co", URI.create(address));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegistryClient(registries, TIMEOUT))
                .withMessageStartingWith(
                        "The address of registry hf.co must be an http or https URL, not \"");
    }

    @Test
    void closedClientAsksNobody() {
        RegistryClient client = registry.client(TIMEOUT);
        client.close();

        assertThat(client.fetch(ModelName.parse(NAME)).join())
                .isEqualTo(new Lookup.Unreachable("shutting down"));
        assertThat(registry.requests()).isZero();
    }

    private Lookup fetch(Duration timeout) {
        try (RegistryClient client = registry.client(timeout)) {
            return client.fetch(ModelName.parse(NAME)).join();
        }
    }

    private static Lookup fetch(Map<String, URI> registries, String name) {
        try (RegistryClient client = new RegistryClient(registries, TIMEOUT)) {
            return client.fetch(ModelName.parse(name)).join();
        }
    }

    private static String reason(Lookup lookup) {
        assertThat(lookup).isInstanceOf(Lookup.Unreachable.class);
        return ((Lookup.Unreachable) lookup).reason();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
