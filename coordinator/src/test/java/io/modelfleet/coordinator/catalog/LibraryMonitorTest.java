package io.modelfleet.coordinator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.ModelName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibraryMonitorTest {
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HandClock clock = new HandClock();
    private final LoopbackRegistry registry = new LoopbackRegistry();
    private final RegistryClient client = registry.client(TIMEOUT);

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    @Test
    void everyModelIsAskedForOncePerInterval() throws Exception {
        registry.serve("a:1b", 1000);
        LibraryMonitor monitor = monitor(client, "a:1b", "b:1b");

        assertThat(monitor.pass()).isEqualTo(INTERVAL);
        assertThat(monitor.reached()).isTrue();
        clock.advance(INTERVAL);
        assertThat(monitor.pass()).isEqualTo(INTERVAL);

        assertThat(registry.requests()).isEqualTo(4);
    }

    @Test
    void unansweredModelsAloneAreAskedAgainSoonerAndThenLessAndLessOften() throws Exception {
        registry.serve("a:1b", 1000);
        registry.answer("b:1b", LoopbackRegistry.status(500));
        LibraryMonitor monitor = monitor(client, "a:1b", "b:1b");

        assertThat(monitor.pass()).isEqualTo(Duration.ofSeconds(30));
        for (int seconds : new int[] {60, 120, 240, 480, 900}) {
            assertThat(monitor.pass()).isEqualTo(Duration.ofSeconds(seconds));
        }
        assertThat(monitor.pass()).isEqualTo(Duration.ofMinutes(15));
        assertThat(registry.requests("a:1b")).isEqualTo(1);
        assertThat(registry.requests("b:1b")).isEqualTo(7);

        registry.serve("b:1b", 1000);
        assertThat(monitor.pass()).isEqualTo(INTERVAL);
    }

    @Test
    void retryIsNeverLaterThanTheNextRound() throws Exception {
        registry.answerAll(LoopbackRegistry.status(500));
        LibraryMonitor monitor = monitor(client, "a:1b");
        monitor.pass();

        clock.advance(INTERVAL.minusSeconds(10));

        assertThat(monitor.pass()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void oneModelThatKeepsFailingDoesNotMakeTheLibraryUnreachable() throws Exception {
        registry.serve("a:1b", 1000);
        registry.answer("b:1b", LoopbackRegistry.status(500));
        LibraryMonitor monitor = monitor(client, "a:1b", "b:1b");

        monitor.pass();
        monitor.pass();

        assertThat(monitor.reached()).isTrue();
    }

    @Test
    void libraryThatComesBackIsNoticedByARetry() throws Exception {
        registry.answerAll(LoopbackRegistry.status(500));
        LibraryMonitor monitor = monitor(client, "a:1b", "b:1b");
        monitor.pass();
        assertThat(monitor.reached()).isFalse();

        registry.serve("a:1b", 1000);
        monitor.pass();

        assertThat(monitor.reached()).isTrue();
    }

    @Test
    void atMostFourRequestsAreUnderWay() throws Exception {
        registry.answerAll(LoopbackRegistry.bytes(200, LoopbackRegistry.manifest("any:1b", 1000)));
        LibraryMonitor monitor = monitor(client, names(50));

        monitor.round();

        assertThat(registry.requests()).isEqualTo(50);
        assertThat(registry.mostUnderWay()).isBetween(1, 4);
    }

    @Test
    void registryThatAnswersNothingIsLeftAloneAfterAFewRequests() throws Exception {
        registry.answerAll(LoopbackRegistry.status(500));
        LibraryMonitor monitor = monitor(client, names(50));

        monitor.round();

        assertThat(registry.requests()).isBetween(4, 8);
    }

    @Test
    void registryThatIsDownDoesNotHideAnother() throws Exception {
        try (LoopbackRegistry down = new LoopbackRegistry();
                RegistryClient both =
                        new RegistryClient(
                                Map.of("hf.co", down.uri(), "other.example", registry.uri()),
                                TIMEOUT)) {
            down.answerAll(LoopbackRegistry.status(500));
            registry.answerAll(
                    LoopbackRegistry.bytes(200, LoopbackRegistry.manifest("any:1b", 1000)));
            List<String> names =
                    IntStream.range(0, 20)
                            .boxed()
                            .flatMap(
                                    i ->
                                            List.of("hf.co/x/m:" + i, "other.example/x/m:" + i)
                                                    .stream())
                            .toList();
            LibraryMonitor monitor = monitor(both, names.toArray(String[]::new));

            monitor.round();

            assertThat(monitor.reached()).isTrue();
            assertThat(registry.requests()).isEqualTo(20);
        }
    }

    @Test
    void modelsOfRegistriesOutsideTheConfigurationAreNotRetried() throws Exception {
        try (RegistryClient nobody = new RegistryClient(Map.<String, URI>of(), TIMEOUT)) {
            LibraryMonitor monitor = monitor(nobody, "a:1b", "b:1b");

            assertThat(monitor.pass()).isEqualTo(INTERVAL);
            assertThat(monitor.reached()).isFalse();
        }
    }

    private LibraryMonitor monitor(RegistryClient of, String... names) {
        List<ModelName> library = List.of(names).stream().map(ModelName::parse).toList();
        return new LibraryMonitor(
                library, new ManifestCache(library, of, clock, INTERVAL), clock, INTERVAL);
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "model:" + i).toArray(String[]::new);
    }
}
