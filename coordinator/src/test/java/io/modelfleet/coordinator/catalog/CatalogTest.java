package io.modelfleet.coordinator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.modelfleet.protocol.AvailableModel;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.AvailableModels.Source;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** What a call may take that promises 3 s, on a busy machine. */
    private static final Duration THREE_SECONDS = Duration.ofSeconds(5);

    private static final ModelName LLAMA = ModelName.parse("llama3.2:3b");
    private static final ModelName MISTRAL = ModelName.parse("mistral:7b");
    private static final ModelName OTHER = ModelName.parse("someone/model:1b");
    private static final Map<ModelName, Long> HELD =
            Map.of(MISTRAL, 4_113_301_090L, OTHER, 999_000_000L);

    private static final List<CuratedModel> CURATED =
            List.of(
                    new CuratedModel(MISTRAL, "Mistral (7B)", "Mistral AI's 7B parameter model"),
                    new CuratedModel(LLAMA, "Llama 3.2 (3B)", "Meta's Llama 3.2 model"));

    private final HandClock clock = new HandClock();
    private final LoopbackRegistry registry = new LoopbackRegistry();
    private final Catalog catalog = new Catalog(CURATED, registry.client(TIMEOUT), clock, INTERVAL);

    @AfterEach
    void close() {
        catalog.close();
        registry.close();
    }

    @Test
    void reachableLibraryListsCuratedModelsInTheirOrderWithSizes() throws Exception {
        registry.serve("llama3.2:3b", 2_019_393_189L);
        registry.serve("mistral:7b", 4_113_301_090L);

        catalog.refresh();

        assertThat(catalog.available(HELD))
                .isEqualTo(
                        new AvailableModels(
                                List.of(
                                        new AvailableModel(
                                                MISTRAL,
                                                "Mistral (7B)",
                                                4.1,
                                                "Mistral AI's 7B parameter model"),
                                        new AvailableModel(
                                                LLAMA,
                                                "Llama 3.2 (3B)",
                                                2.0,
                                                "Meta's Llama 3.2 model")),
                                Source.OLLAMA_LIBRARY));
    }

    @Test
    void modelThatTheRegistryDoesNotHaveIsLeftOut() throws Exception {
        registry.serve("llama3.2:3b", 2_000_000_000L);

        catalog.refresh();

        assertThat(catalog.available(HELD).models())
                .extracting(AvailableModel::name)
                .containsExactly(LLAMA);
    }

    @Test
    void sizeIsAbsentWhileItIsUnknown() throws Exception {
        registry.serve("llama3.2:3b", 2_000_000_000L);
        registry.answer("mistral:7b", LoopbackRegistry.status(500));

        catalog.refresh();

        assertThat(catalog.available(HELD).models())
                .extracting(AvailableModel::sizeGb)
                .containsExactly(null, 2.0);
    }

    @Test
    void unreachableLibraryListsWhatTheNodesHoldSorted() throws Exception {
        registry.answerAll(LoopbackRegistry.status(500));

        catalog.refresh();

        assertThat(catalog.available(HELD))
                .isEqualTo(
                        new AvailableModels(
                                List.of(
                                        new AvailableModel(
                                                MISTRAL,
                                                "Mistral (7B)",
                                                4.1,
                                                "Mistral AI's 7B parameter model"),
                                        new AvailableModel(OTHER, "Model (1b)", 1.0, null)),
                                Source.AGENTS));
    }

    @Test
    void addressThatHasNoneOfTheModelsIsNotTheLibrary() throws Exception {
        registry.answerAll(LoopbackRegistry.status(404));

        catalog.refresh();

        assertThat(catalog.available(HELD).source()).isEqualTo(Source.AGENTS);
    }

    @Test
    void libraryThatGoesAwayAndComesBackIsNoticedAtTheNextRefresh() throws Exception {
        registry.serve("llama3.2:3b", 1000);
        catalog.refresh();
        registry.answerAll(LoopbackRegistry.status(503));
        catalog.refresh();
        assertThat(catalog.available(HELD).source()).isEqualTo(Source.AGENTS);

        registry.serve("llama3.2:3b", 1000);
        catalog.refresh();

        assertThat(catalog.available(HELD).source()).isEqualTo(Source.OLLAMA_LIBRARY);
    }

    @Test
    void firstCallWaitsForTheFirstVerdict() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        byte[] manifest = LoopbackRegistry.manifest("llama3.2:3b", 2_000_000_000L);
        registry.answer(
                "llama3.2:3b",
                LoopbackRegistry.behind(gate, LoopbackRegistry.bytes(200, manifest)));
        catalog.start();

        CompletableFuture<AvailableModels> answer =
                CompletableFuture.supplyAsync(() -> catalog.available(HELD));
        await().until(() -> registry.requests("llama3.2:3b") == 1);
        assertThat(answer).isNotDone();
        gate.countDown();

        assertThat(answer.get())
                .isEqualTo(
                        new AvailableModels(
                                List.of(
                                        new AvailableModel(
                                                LLAMA,
                                                "Llama 3.2 (3B)",
                                                2.0,
                                                "Meta's Llama 3.2 model")),
                                Source.OLLAMA_LIBRARY));
    }

    @Test
    void silentLibraryHoldsUpTheFirstCallersForThreeSecondsAndLaterOnesNotAtAll() {
        registry.answerAll(registry.silence());
        catalog.start();

        long start = System.nanoTime();
        AvailableModels first = catalog.available(HELD);
        Duration firstTook = since(start);
        long again = System.nanoTime();
        AvailableModels second = catalog.available(HELD);
        Duration secondTook = since(again);

        assertThat(first.source()).isEqualTo(Source.AGENTS);
        assertThat(firstTook).isLessThan(THREE_SECONDS);
        assertThat(second).isEqualTo(first);
        assertThat(secondTook).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void manifestIsAskedForOnceAndAgainWhenItIsNoLongerFresh() {
        Digest first = registry.serve("someone/model:1b", 1000);
        assertThat(catalog.cached(OTHER)).isEmpty();
        assertThat(registry.requests()).isZero();

        assertThat(catalog.manifest(OTHER)).map(Manifest::digest).contains(first);
        clock.advance(INTERVAL.minusSeconds(1));
        assertThat(catalog.manifest(OTHER)).map(Manifest::digest).contains(first);
        assertThat(registry.requests()).isEqualTo(1);

        Digest second = registry.serve("someone/model:1b", 2000);
        clock.advance(Duration.ofSeconds(1));
        assertThat(catalog.cached(OTHER)).map(Manifest::digest).contains(first);
        assertThat(catalog.manifest(OTHER)).map(Manifest::digest).contains(second);
    }

    @Test
    void refreshPicksUpTheNewVersionOfACuratedModel() throws Exception {
        registry.serve("llama3.2:3b", 1000);
        catalog.refresh();
        Digest second = registry.serve("llama3.2:3b", 2000);

        catalog.refresh();

        assertThat(catalog.cached(LLAMA)).map(Manifest::digest).contains(second);
        assertThat(registry.requests("llama3.2:3b")).isEqualTo(2);
    }

    @Test
    void thousandCallersShareOneRequest() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        byte[] manifest = LoopbackRegistry.manifest("someone/model:1b", 1000);
        registry.answer(
                "someone/model:1b",
                LoopbackRegistry.behind(gate, LoopbackRegistry.bytes(200, manifest)));

        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                answers.add(
                        CompletableFuture.supplyAsync(
                                () -> catalog.manifest(OTHER).isPresent(), callers));
            }
            await().until(() -> registry.requests() == 1);
            gate.countDown();
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(true));
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void unreachableRegistryIsNotAskedAgainForFiveSeconds() {
        registry.answerAll(LoopbackRegistry.status(500));
        for (int node = 0; node < 1000; node++) {
            assertThat(catalog.manifest(OTHER)).isEmpty();
        }
        assertThat(registry.requests()).isEqualTo(1);

        Digest digest = registry.serve("someone/model:1b", 1000);
        clock.advance(Duration.ofSeconds(5));

        assertThat(catalog.manifest(OTHER)).map(Manifest::digest).contains(digest);
    }

    @Test
    void modelThatTheRegistryDidNotHaveIsAskedForAgainAfterAMinute() {
        assertThat(catalog.manifest(OTHER)).isEmpty();
        clock.advance(Duration.ofSeconds(59));
        assertThat(catalog.manifest(OTHER)).isEmpty();
        assertThat(registry.requests()).isEqualTo(1);

        registry.serve("someone/model:1b", 1000);
        clock.advance(Duration.ofSeconds(1));

        assertThat(catalog.manifest(OTHER)).isPresent();
    }

    @Test
    void oldManifestStandsInWhileTheRegistryIsUnreachable() {
        Digest digest = registry.serve("someone/model:1b", 1000);
        catalog.manifest(OTHER);
        registry.answerAll(LoopbackRegistry.status(502));
        clock.advance(INTERVAL);

        assertThat(catalog.manifest(OTHER)).map(Manifest::digest).contains(digest);
        assertThat(catalog.cached(OTHER)).map(Manifest::digest).contains(digest);
    }

    @Test
    void modelThatTheRegistryDroppedIsForgotten() {
        registry.serve("someone/model:1b", 1000);
        catalog.manifest(OTHER);
        registry.answerAll(LoopbackRegistry.status(404));
        clock.advance(INTERVAL);

        assertThat(catalog.manifest(OTHER)).isEmpty();
        assertThat(catalog.cached(OTHER)).isEmpty();
    }

    @Test
    void silentRegistryIsWaitedForThreeSecondsAndItsLateAnswerIsKept() {
        CountDownLatch gate = new CountDownLatch(1);
        byte[] manifest = LoopbackRegistry.manifest("someone/model:1b", 1000);
        registry.answer(
                "someone/model:1b",
                LoopbackRegistry.behind(gate, LoopbackRegistry.bytes(200, manifest)));

        long start = System.nanoTime();
        assertThat(catalog.manifest(OTHER)).isEmpty();
        assertThat(since(start)).isLessThan(THREE_SECONDS);
        gate.countDown();

        await().untilAsserted(() -> assertThat(catalog.cached(OTHER)).isPresent());
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void registryOutsideTheConfigurationIsNeverContacted() {
        ModelName foreign = ModelName.parse(registry.uri().getAuthority() + "/library/llama3.2:3b");

        assertThat(catalog.manifest(foreign)).isEmpty();
        assertThat(catalog.cached(foreign)).isEmpty();
        assertThat(registry.requests()).isZero();
    }

    @Test
    void onlyTheLastThousandModelsOutsideTheListAreRemembered() throws Exception {
        registry.serve("llama3.2:3b", 1000);
        catalog.refresh();
        registry.answerAll(LoopbackRegistry.bytes(200, LoopbackRegistry.manifest("any:1b", 1000)));

        for (int i = 0; i <= ManifestCache.MOST_OTHERS; i++) {
            catalog.manifest(ModelName.parse("other:" + i));
        }

        assertThat(catalog.cached(ModelName.parse("other:0"))).isEmpty();
        assertThat(catalog.cached(ModelName.parse("other:1"))).isPresent();
        assertThat(catalog.cached(LLAMA)).isPresent();
    }

    @Test
    void constructorStartsNoThreadAndCloseEndsIt() {
        registry.serve("llama3.2:3b", 1000);
        assertThat(refreshThreads()).isZero();

        catalog.start();
        await().until(() -> catalog.cached(LLAMA).isPresent());
        assertThat(refreshThreads()).isEqualTo(1);
        catalog.close();

        assertThat(refreshThreads()).isZero();
    }

    @Test
    void closeDoesNotWaitForASilentRegistry() {
        registry.answerAll(registry.silence());
        catalog.start();
        await().until(() -> registry.requests() > 0);

        long start = System.nanoTime();
        catalog.close();

        assertThat(since(start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void refreshIntervalMustBePositive() {
        RegistryClient client = registry.client(TIMEOUT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Catalog(CURATED, client, clock, Duration.ZERO))
                .withMessage("The catalog's refresh interval must be positive, not PT0S");
    }

    private static long refreshThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("catalog-refresh"))
                .count();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
