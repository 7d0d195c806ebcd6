package io.modelfleet.simulator.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryStandInTest {
    private static final ModelName DEMO = ModelName.parse("demo:1m");
    private static final long SIZE = 1_000_000;

    private final RegistryStandIn registry = new RegistryStandIn();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start() {
        registry.addModel(DEMO, SIZE);
        registry.start(0);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        registry.close();
    }

    private HttpResponse<byte[]> call(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(registry.url() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private byte[] whole(Digest digest) throws IOException, InterruptedException {
        return call("GET", "/data/" + digest).body();
    }

    @Test
    void servesAManifestWhoseBytesAndDigestStayTheSame() throws Exception {
        String path = "/v2/library/demo/manifests/1m";
        var first = call("GET", path);
        var second = call("GET", path);
        var head = call("HEAD", path);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "Content-Type"))
                .isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(header(first, "Docker-Content-Digest"))
                .isEqualTo(Digest.of(first.body()).toString())
                .isEqualTo(header(head, "Docker-Content-Digest"));
        assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(first.body().length));
        Manifest manifest = Manifest.parse(first.body());
        assertThat(manifest).isEqualTo(registry.manifest(DEMO));
        assertThat(manifest.size()).isEqualTo(SIZE);
        assertThat(manifest.blobs()).hasSize(5);
    }

    @Test
    void everyBlobHasTheDigestThatTheManifestSays() throws Exception {
        for (Blob blob : registry.manifest(DEMO).blobs()) {
            byte[] bytes = whole(blob.digest());
            assertThat(bytes).hasSize((int) blob.size());
            assertThat(Digest.of(bytes)).isEqualTo(blob.digest());
            var head = call("HEAD", "/v2/library/demo/blobs/" + blob.digest());
            assertThat(header(head, "Content-Length")).isEqualTo(Long.toString(blob.size()));
        }
        assertThat(registry.bytesServed()).isEqualTo(SIZE);
    }

    @Test
    void twoRegistriesOfferTheSameDigestsForTheSameNameAndSize() {
        try (RegistryStandIn other = new RegistryStandIn()) {
            assertThat(other.addModel(DEMO, SIZE)).isEqualTo(registry.manifest(DEMO));
            assertThat(other.addModel(ModelName.parse("other:1m"), SIZE))
                    .isNotEqualTo(registry.manifest(DEMO));
        }
    }

    @Test
    void sendsABlobsReaderToAnotherHostName() throws Exception {
        Digest digest = registry.weights(DEMO).digest();

        var answer = call("GET", "/v2/library/demo/blobs/" + digest);

        assertThat(answer.statusCode()).isEqualTo(307);
        URI location = URI.create(header(answer, "Location"));
        assertThat(location.getHost()).isEqualTo("localhost");
        assertThat(location.getPort()).isEqualTo(registry.url().getPort());
        HttpRequest there =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:"
                                                + location.getPort()
                                                + "/v2/library/demo/blobs/"
                                                + digest))
                        .build();
        var back = http.send(there, HttpResponse.BodyHandlers.discarding());
        assertThat(URI.create(header(back, "Location")).getHost()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=3-16386, 3, 16384",
        "bytes=500001-700002, 500001, 200002",
        "bytes=-10, -10, 10",
        "bytes=100-, 100, -100"
    })
    void honoursRanges(String range, int from, int length) throws Exception {
        Blob weights = registry.weights(DEMO);
        byte[] whole = whole(weights.digest());
        int start = from < 0 ? whole.length + from : from;
        int end = length < 0 ? whole.length : start + length;

        var answer = call("GET", "/data/" + weights.digest(), "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "Content-Range"))
                .isEqualTo("bytes %d-%d/%d".formatted(start, end - 1, whole.length));
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(whole, start, end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9999999-", "bytes=5-2", "bytes=-", "bytes=-0", "lines=1-2"})
    void refusesRangesThatTheBlobDoesNotHave(String range) throws Exception {
        Blob weights = registry.weights(DEMO);

        var answer = call("GET", "/data/" + weights.digest(), "Range", range);

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + weights.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/library/demo/manifests/nosuch",
                "/v2/library/nosuch/manifests/1m",
                "/v2/library/demo/blobs/sha256:abc",
                "/v2/library/demo/tags/list",
                "/v2/_catalog"
            })
    void answersUnknownThingsWith404AndJson(String path) throws Exception {
        var answer = call("GET", path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "Content-Type")).startsWith("application/json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{\"errors\":[{");
    }

    @Test
    void anUpdateIsANewDigestWithTheSmallBlobsShared() {
        Manifest old = registry.manifest(DEMO);

        Manifest updated = registry.updateModel(DEMO);

        assertThat(updated.digest()).isNotEqualTo(old.digest());
        assertThat(updated.size()).isEqualTo(old.size());
        assertThat(updated.blobs()).containsAll(old.blobs().subList(1, 4));
        assertThat(updated.blobs()).doesNotContain(old.blobs().getFirst());
        assertThat(registry.manifest(DEMO)).isEqualTo(updated);
    }

    @Test
    void aCorruptBlobHasOneWrongByteUntilItIsRepaired() throws Exception {
        Digest digest = registry.weights(DEMO).digest();
        byte[] right = whole(digest);

        registry.corrupt(digest);
        byte[] wrong = whole(digest);
        registry.repair(digest);

        assertThat(wrong).hasSameSizeAs(right);
        assertThat(Arrays.mismatch(right, wrong)).isEqualTo(right.length / 2);
        assertThat(whole(digest)).isEqualTo(right);
        assertThat(registry.requests(digest)).isEqualTo(3);
    }

    @Test
    void cutsFailsAndRefusesOnCommand() throws Exception {
        String blob = "/data/" + registry.weights(DEMO).digest();

        registry.faults().cut(1, 1_000);
        assertThatThrownBy(() -> call("GET", blob)).isInstanceOf(IOException.class);
        assertThat(call("GET", blob).statusCode()).isEqualTo(200);

        registry.faults().fail(2, 502);
        assertThat(call("GET", blob).statusCode()).isEqualTo(502);
        assertThat(call("HEAD", "/v2/library/demo/manifests/1m").statusCode()).isEqualTo(502);
        assertThat(call("GET", blob).statusCode()).isEqualTo(200);

        URI url = registry.url();
        registry.refuse();
        assertThatThrownBy(() -> call("GET", blob)).isInstanceOf(ConnectException.class);
        registry.accept();
        assertThat(registry.url()).isEqualTo(url);
        assertThat(call("GET", blob).statusCode()).isEqualTo(200);
    }

    @Test
    void slowsEveryAnswerDownOnCommand() throws Exception {
        registry.faults().slow(Duration.ofMillis(200));

        long started = System.nanoTime();
        call("GET", "/v2/library/demo/manifests/1m");

        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isGreaterThan(Duration.ofMillis(150));
    }

    @Test
    void theBandwidthHoldsForAllClientsTogetherAndCanBeChanged() throws Exception {
        Digest digest = registry.weights(DEMO).digest();
        registry.bandwidth(2_000_000);

        long started = System.nanoTime();
        whole(digest);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isGreaterThan(Duration.ofMillis(300));

        assertThatThrownBy(() -> registry.bandwidth(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWithdrawnModelIsGone() throws Exception {
        registry.removeModel(DEMO);

        assertThat(call("GET", "/v2/library/demo/manifests/1m").statusCode()).isEqualTo(404);
        assertThat(registry.manifestRequests()).isEqualTo(1);
    }
}
