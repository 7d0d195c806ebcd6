package io.modelfleet.simulator.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.registry.RegistryStandIn;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every Ollama does, the real one and its stand-in: compared with the recordings of the real
 * one, and with the facts written down about it. The models come from a registry on loopback, named
 * by its address, so a real Ollama has to run on this machine.
 */
abstract class OllamaConformance {
    private static final AtomicLong NUMBER = new AtomicLong(System.currentTimeMillis());
    private static final long SIZE = 3_000_000;

    private final List<ModelName> toDelete = new ArrayList<>();
    private RegistryStandIn registry = new RegistryStandIn();
    private OllamaClient ollama = new OllamaClient(URI.create("http://127.0.0.1"));

    /** The Ollama under test. */
    abstract URI url();

    @BeforeEach
    final void startRegistry() {
        registry = new RegistryStandIn();
        registry.start(0);
        registry.bandwidth(6_000_000);
        ollama = new OllamaClient(url());
    }

    @AfterEach
    final void removeModels() throws Exception {
        registry.faults().clear();
        for (ModelName name : toDelete) {
            ollama.delete(name);
        }
        ollama.close();
        registry.close();
    }

    /** A model that no Ollama has seen before, under the name that leads to the registry. */
    private ModelName model(long size) {
        ModelName name = ModelName.parse("conformance:n" + NUMBER.incrementAndGet());
        registry.addModel(name, size);
        return remembered(registry.direct(name));
    }

    private ModelName remembered(ModelName name) {
        toDelete.add(name);
        return name;
    }

    private static Recording recording(String name) {
        return Recording.of(name);
    }

    private static void sameHead(OllamaClient.Answer answer, Recording recorded) {
        assertThat(answer.status()).isEqualTo(recorded.answer().status());
        assertThat(answer.contentType()).isEqualTo(recorded.answer().contentType());
    }

    /** Each stage once, the weights' line standing for all lines of layers. */
    private static List<String> stages(OllamaClient.Answer answer) {
        List<String> stages = new ArrayList<>();
        for (PullLine line : answer.lines()) {
            String stage = line.isProgress() ? "pulling a layer" : line.status();
            if (stages.isEmpty() || !stages.getLast().equals(stage)) {
                stages.add(stage);
            }
        }
        return stages;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pull-bad-name",
                "pull-empty-name",
                "pull-malformed",
                "pull-no-body",
                "delete-bad-name",
                "delete-missing",
                "copy-missing"
            })
    void refusesBadRequestsAsRecorded(String name) throws Exception {
        Recording recorded = recording(name);

        var answer = ollama.call(recorded.method(), recorded.path(), recorded.request());

        assertThat(answer).isEqualTo(recorded.answer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull-unknown-model", "pull-unknown-model-no-stream"})
    void reportsUnknownModelsAsRecorded(String name) throws Exception {
        Recording recorded = recording(name);

        var answer =
                ollama.call(
                        recorded.method(),
                        recorded.path(),
                        recorded.requestTo(registry.url().getAuthority()));

        assertThat(answer).isEqualTo(recorded.answer());
    }

    @Test
    void reportsARegistryThatRefusesAsRecorded() throws Exception {
        Recording recorded = recording("pull-registry-refuses");
        String port;
        try (ServerSocket closedAtOnce = new ServerSocket(0)) {
            port = Integer.toString(closedAtOnce.getLocalPort());
        }

        var answer = ollama.call("POST", "/api/pull", recorded.request().replace("5999", port));

        sameHead(answer, recorded);
        assertThat(answer.body()).isEqualTo(recorded.answer().body().replace("5999", port));
    }

    @Test
    void pullsWithTheRecordedLines() throws Exception {
        Recording recorded = recording("pull-success");
        ModelName name = model(SIZE);

        var answer = ollama.pull(name);

        sameHead(answer, recorded);
        assertThat(stages(answer)).isEqualTo(stages(recorded.answer()));
        assertThat(answer.lines().stream().filter(PullLine::isProgress).map(PullLine::keys))
                .allSatisfy(keys -> assertThat(keys).startsWith("status", "digest", "total"))
                .contains(List.of("status", "digest", "total", "completed"));
    }

    @Test
    void progressOfAnUndisturbedPullNeverGoesBackAndNeverPassesTheTotal() throws Exception {
        ModelName name = model(SIZE);
        Blob weights = registry.weights(name);

        long started = System.nanoTime();
        var lines = ollama.pull(name).lines();
        long lasted = (System.nanoTime() - started) / 1_000_000;

        List<PullLine> ofWeights = lines.stream().filter(isFor(weights.digest())).toList();
        assertThat(ofWeights).isNotEmpty().allMatch(line -> line.total() == weights.size());
        assertThat(ofWeights.stream().map(PullLine::completed)).isSorted();
        assertThat(ofWeights.getLast().completed()).isLessThanOrEqualTo(weights.size());
        assertThat(ofWeights).as("a line every 60 ms").hasSizeLessThan((int) (lasted / 50) + 5);
    }

    @Test
    void pullingAnInstalledModelSendsOneFullLineForEachLayerInManifestOrder() throws Exception {
        Recording recorded = recording("pull-again");
        ModelName name = model(SIZE);
        Manifest manifest = registry.manifest(name);
        ollama.pull(name);
        long served = registry.bytesServed();

        var answer = ollama.pull(name);

        sameHead(answer, recorded);
        assertThat(stages(answer)).isEqualTo(stages(recorded.answer()));
        List<PullLine> layers = answer.lines().stream().filter(PullLine::isProgress).toList();
        assertThat(layers.stream().map(PullLine::status))
                .containsExactlyElementsOf(
                        manifest.blobs().stream()
                                .map(blob -> "pulling " + blob.digest().hex().substring(0, 12))
                                .toList());
        assertThat(layers).allMatch(line -> line.completed() == line.total());
        assertThat(layers.stream().map(PullLine::total))
                .containsExactlyElementsOf(manifest.blobs().stream().map(Blob::size).toList());
        assertThat(registry.bytesServed()).isEqualTo(served);
    }

    @Test
    void withoutStreamOneAnswerComesAtTheEnd() throws Exception {
        Recording recorded = recording("pull-no-stream");
        ModelName name = model(50_000);

        var answer =
                ollama.call(
                        "POST",
                        "/api/pull",
                        "{\"model\":\"" + name + "\",\"insecure\":true,\"stream\":false}");

        assertThat(answer).isEqualTo(recorded.answer());
    }

    @Test
    void theOldKeyNamesTheModelToo() throws Exception {
        ModelName name = model(50_000);

        var answer =
                ollama.call("POST", "/api/pull", "{\"name\":\"" + name + "\",\"insecure\":true}");

        assertThat(answer.lines().getLast().status()).isEqualTo("success");
    }

    @Test
    void plainHttpNeedsInsecure() throws Exception {
        ModelName name = model(50_000);

        var answer = ollama.call("POST", "/api/pull", "{\"model\":\"" + name + "\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.lines().getLast().error())
                .startsWith("pull model manifest: Get \"https://")
                .endsWith("http: server gave HTTP response to HTTPS client");
    }

    @Test
    void aWrongByteEndsInTheRecordedErrorAndTheBlobIsFetchedAgain() throws Exception {
        Recording recorded = recording("pull-digest-mismatch");
        ModelName name = model(SIZE);
        Blob weights = registry.weights(name);
        registry.corrupt(weights.digest());

        var answer = ollama.pull(name);

        sameHead(answer, recorded);
        assertThat(stages(answer)).isEqualTo(stages(recorded.answer()));
        assertThat(withoutDigests(answer.lines().getLast().error()))
                .isEqualTo(withoutDigests(recorded.answer().lines().getLast().error()));
        assertThat(answer.lines().getLast().error()).contains("want " + weights.digest() + ",");
        assertThat(ollama.model(name).isMissingNode()).isTrue();

        registry.repair(weights.digest());
        assertThat(ollama.pull(name).lines().getLast().status()).isEqualTo("success");
        assertThat(registry.bytesServed(weights.digest())).isEqualTo(2 * weights.size());
    }

    @Test
    void aPullThatItsClientLeavesIsTakenUpAgain() throws Exception {
        ModelName name = model(SIZE);
        Blob weights = registry.weights(name);
        registry.bandwidth(2_000_000);
        long seen =
                ollama.pullUntil(name, line -> line.completed() > 1_000_000).getLast().completed();
        AtomicLong before = new AtomicLong(-1);
        await("the download stops")
                .pollInterval(Duration.ofMillis(150))
                .until(() -> before.getAndSet(registry.bytesServed()) == registry.bytesServed());

        registry.bandwidth(4_000_000);
        var answer = ollama.pullPatiently(name);

        PullLine first =
                answer.lines().stream().filter(isFor(weights.digest())).findFirst().orElseThrow();
        assertThat(first.completed()).isGreaterThanOrEqualTo(seen);
        assertThat(stages(answer)).isEqualTo(stages(recording("pull-resumed").answer()));
        assertThat(registry.bytesServed(weights.digest())).isLessThan(2 * weights.size());
        assertInstalled(name);
    }

    @Test
    void twoPullsShareOneDownload() throws Exception {
        ModelName name = model(SIZE);
        Blob weights = registry.weights(name);
        registry.bandwidth(2_000_000);

        var first =
                CompletableFuture.supplyAsync(
                        () -> ollama.pullUntil(name, OllamaConformance::isSuccess));
        await().until(() -> registry.bytesServed(weights.digest()) > 100_000);
        var second = ollama.pull(name);

        assertThat(second.lines().getLast().status()).isEqualTo("success");
        assertThat(first.get().getLast().status()).isEqualTo("success");
        assertThat(registry.bytesServed(weights.digest())).isEqualTo(weights.size());
    }

    @Test
    void aConnectionThatBreaksIsTakenUpAgainWithinThePull() throws Exception {
        ModelName name = model(SIZE);
        registry.faults().cut(1, 400_000);

        var answer = ollama.pull(name);

        assertThat(stages(answer)).isEqualTo(stages(recording("pull-success").answer()));
        assertInstalled(name);
    }

    @Test
    void anUpdateKeepsSharedLayersAndRemovesUnusedOnes() throws Exception {
        ModelName name = model(SIZE);
        Manifest old = registry.manifest(name);
        ollama.pull(name);
        registry.updateModel(name);
        registry.bandwidth(100_000_000);

        var answer = ollama.pull(name);

        assertThat(answer.lines().stream().map(PullLine::status))
                .endsWith("writing manifest", "removing unused layers", "success");
        assertInstalled(name);
        Digest template = old.blobs().get(1).digest();
        assertThat(registry.requests(template)).as("shared layers come once").isLessThan(2);
    }

    @Test
    void aMirrorsModelGetsItsProperNameWithTheSameDigest() throws Exception {
        ModelName mirrored = model(SIZE);
        ModelName proper = remembered(ModelName.parse(mirrored.model() + ":" + mirrored.tag()));
        ollama.pull(mirrored);
        long served = registry.bytesServed();

        var copied = ollama.copy(mirrored, proper);
        var copiedAgain = ollama.copy(mirrored, proper);
        var deleted = ollama.delete(mirrored);

        sameHead(copied, recording("copy"));
        sameHead(copiedAgain, recording("copy"));
        sameHead(deleted, recording("delete"));
        assertThat(copied.body()).isEmpty();
        assertThat(deleted.body()).isEmpty();
        assertThat(ollama.model(mirrored).isMissingNode()).isTrue();
        assertThat(ollama.model(proper).path("digest").asText())
                .isEqualTo(registry.manifest(mirrored).digest().hex());
        assertThat(registry.bytesServed()).isEqualTo(served);
    }

    @Test
    void listsInstalledModelsNewestFirst() throws Exception {
        ModelName older = model(50_000);
        ModelName newer = model(60_000);
        ollama.pull(older);
        ollama.pull(newer);

        JsonNode listed = ollama.get("/api/tags").json().path("models");

        JsonNode first = listed.get(0);
        assertThat(first.path("name").asText()).isEqualTo(newer.toString());
        assertThat(first.path("model").asText()).isEqualTo(newer.toString());
        assertThat(first.path("size").asLong()).isEqualTo(60_000);
        assertThat(first.path("digest").asText())
                .isEqualTo(registry.manifest(newer).digest().hex());
        assertThat(OffsetDateTime.parse(first.path("modified_at").asText())).isNotNull();
        assertThat(first.path("details").path("format").asText()).isEqualTo("gguf");
        assertThat(first.path("details").path("family").asText()).isEqualTo("conformance");
        assertThat(first.path("details").path("quantization_level").asText()).isEqualTo("Q4_K_M");
        assertThat(listed.get(1).path("name").asText()).isEqualTo(older.toString());
    }

    @Test
    void namesAreComparedWithoutCase() throws Exception {
        ModelName name = model(50_000);
        ollama.pull(name);
        ModelName shouted =
                ModelName.parse(
                        name.host() + "/" + name.namespace() + "/CONFORMANCE:" + name.tag());

        assertThat(ollama.delete(shouted).status()).isEqualTo(200);
        assertThat(ollama.model(name).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:",
                "/a",
                "a//b",
                "-a",
                ".a",
                "a b",
                "a:.x",
                "a:latest:x",
                "a/b/c/d",
                "hf.co/some.user/m"
            })
    void refusesInvalidNames(String name) throws Exception {
        var answer = ollama.call("POST", "/api/pull", "{\"model\":\"" + name + "\"}");

        assertThat(answer).isEqualTo(recording("pull-bad-name").answer());
    }

    @Test
    void saysThatItRunsAndInWhichVersion() throws Exception {
        var root = ollama.get("/");
        assertThat(root.body()).isEqualTo("Ollama is running");
        assertThat(root.contentType()).startsWith("text/plain");
        var version = ollama.get("/api/version");
        assertThat(version.json().path("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(version.contentType()).isEqualTo("application/json; charset=utf-8");
        assertThat(ollama.get("/api/ps").json().path("models").isArray()).isTrue();
    }

    private void assertInstalled(ModelName name) throws Exception {
        assertThat(ollama.model(name).path("digest").asText())
                .isEqualTo(registry.manifest(name).digest().hex());
    }

    private static boolean isSuccess(PullLine line) {
        return line.status().equals("success");
    }

    private static Predicate<PullLine> isFor(Digest digest) {
        return line -> line.status().equals("pulling " + digest.hex().substring(0, 12));
    }

    private static String withoutDigests(String text) {
        return text.replaceAll("[0-9a-f]{64}", "…");
    }
}
