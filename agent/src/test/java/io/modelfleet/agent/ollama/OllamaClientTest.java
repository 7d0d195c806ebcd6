package io.modelfleet.agent.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.agent.standin.PullScript;
import io.modelfleet.agent.standin.StandInOllama;
import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ModelName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OllamaClientTest {
    private static final ModelName MODEL = ModelName.parse("demo:40m");
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final StandInOllama ollama = new StandInOllama();
    private final OllamaClient client = new OllamaClient(ollama.url());
    private final List<PullEvent> events = new ArrayList<>();

    @AfterEach
    void stop() {
        client.close();
        ollama.close();
    }

    private PullOutcome pull(PullScript script) {
        ollama.nextPull(script);
        return client.pull(MODEL, false, PATIENT).run(events::add);
    }

    @Test
    void recordedSuccessComesAsTypedEvents() {
        assertThat(pull(PullScript.recorded("pull-success")))
                .isInstanceOf(PullOutcome.Success.class);
        assertThat(events.getFirst()).isInstanceOf(PullEvent.Manifest.class);
        assertThat(events.getLast()).isInstanceOf(PullEvent.Verifying.class);
        assertThat(events)
                .contains(
                        new PullEvent.Layer(
                                Digest.parse(
                                        "sha256:5878cea6fee09583f303be64c91514bb49f242d5573ff85ab185be0b3010991a"),
                                40_000_000,
                                786_432));
    }

    @Test
    void errorWithinTheStreamIsAFailureInOllamasWords() {
        assertThat(pull(PullScript.recorded("pull-unknown-model")))
                .isEqualTo(new PullOutcome.Failed(200, "pull model manifest: file does not exist"));
    }

    @Test
    void refusalBeforeTheStreamCarriesItsStatus() {
        assertThat(pull(PullScript.recorded("pull-bad-name")))
                .isEqualTo(new PullOutcome.Failed(400, "invalid model name"));
    }

    @Test
    void streamThatEndsWithoutSuccessIsLost() {
        assertThat(pull(PullScript.lines(PullScript.manifest())))
                .isEqualTo(new PullOutcome.Lost("the stream ended without success"));
    }

    @Test
    void streamThatIsCutWithinALineIsLost() {
        assertThat(pull(PullScript.lines(PullScript.manifest(), "{\"status\":\"pulling 58")))
                .isInstanceOf(PullOutcome.Lost.class);
    }

    @Test
    void linesOfANewerOllamaAreNoFailure() {
        assertThat(pull(PullScript.lines("{\"status\":\"counting sheep\"}", PullScript.success())))
                .isInstanceOf(PullOutcome.Success.class);
        assertThat(events).containsExactly(new PullEvent.Other("counting sheep"));
    }

    @Test
    void nobodyListeningIsUnreachable() {
        URI gone = ollama.url();
        ollama.close();
        try (OllamaClient lonely = new OllamaClient(gone)) {
            assertThat(lonely.pull(MODEL, false, PATIENT).run(events::add))
                    .isEqualTo(new PullOutcome.Unreachable("connection refused"));
            assertThat(lonely.version()).isInstanceOf(OllamaReply.Unreachable.class);
        }
    }

    @Test
    void silenceBeyondTheLimitIsLost() {
        CountDownLatch never = new CountDownLatch(1);
        ollama.nextPull(PullScript.gated(never, new String[] {PullScript.manifest()}));
        PullOutcome outcome = client.pull(MODEL, false, Duration.ofMillis(200)).run(events::add);
        never.countDown();
        assertThat(outcome).isInstanceOf(PullOutcome.Lost.class);
    }

    @Test
    void cancelClosesTheConnection() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        ollama.nextPull(PullScript.untilCut(cut, PullScript.manifest()));
        PullCall call = client.pull(MODEL, false, PATIENT);
        CompletableFuture<PullOutcome> outcome =
                CompletableFuture.supplyAsync(() -> call.run(events::add));
        await().until(() -> !events.isEmpty());
        call.cancel();
        assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(PullOutcome.Cancelled.class);
        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void callThatWasCancelledBeforeItRanEndsAtOnce() {
        CountDownLatch never = new CountDownLatch(1);
        ollama.nextPull(PullScript.gated(never, new String[0]));
        PullCall call = client.pull(MODEL, false, PATIENT);
        call.cancel();
        assertThat(call.run(events::add)).isInstanceOf(PullOutcome.Cancelled.class);
        never.countDown();
    }

    @Test
    void tagsLeaveOutCloudStubsAndWhatIsNoModelName() {
        ollama.tags(
                """
                {"models":[
                 {"name":"gpt-oss:20b","model":"gpt-oss:20b","modified_at":"2026-11-22T12:26:34.123456789+09:00",
                  "size":13780173839,"digest":"%s","details":{"families":null}},
                 {"name":"gpt-oss:120b-cloud","size":384,"digest":"%s","remote_host":"https://ollama.com:443"},
                 {"name":"stub:1b","size":384,"digest":"%s","remote_host":"https://ollama.com:443"},
                 {"name":"no name!","size":1,"digest":"%s"},
                 {"name":"old:1b","modified_at":"yesterday","size":-1,"digest":"x"}]}
                """
                        .formatted("a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64)));
        assertThat(client.tags())
                .isEqualTo(
                        new OllamaReply.Ok<>(
                                List.of(
                                        new InstalledModel(
                                                ModelName.parse("gpt-oss:20b"),
                                                13_780_173_839L,
                                                new Digest("a".repeat(64)),
                                                Instant.parse("2026-11-22T03:26:34.123456789Z")),
                                        new InstalledModel(
                                                ModelName.parse("old:1b"), null, null, null))));
    }

    @Test
    void answerThatIsNotOllamasIsRefused() {
        ollama.tags("<html>proxy</html>");
        assertThat(client.tags()).isInstanceOf(OllamaReply.Refused.class);
    }

    @Test
    void deleteOfAMissingModelIsRefusedWith404() {
        assertThat(client.delete(ModelName.parse("nosuch:1b")))
                .isEqualTo(new OllamaReply.Refused<>(404, "model 'nosuch:1b' not found"));
        ollama.install("demo:40m");
        assertThat(client.delete(MODEL)).isEqualTo(new OllamaReply.Ok<>(MODEL));
        assertThat(client.version()).isEqualTo(new OllamaReply.Ok<>("0.33.0"));
    }

    @Test
    void silenceWithinTheLimitIsNoLoss() {
        CountDownLatch verified = new CountDownLatch(1);
        ollama.nextPull(
                PullScript.gated(
                        verified, new String[] {PullScript.verifying()}, PullScript.success()));
        CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS).execute(verified::countDown);
        assertThat(
                        client.pull(ModelName.parse("m"), false, Duration.ofSeconds(20))
                                .run(event -> {}))
                .isInstanceOf(PullOutcome.Success.class);
    }
}
