package io.modelfleet.console.distribution;

import static io.modelfleet.console.testing.Fleets.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.testing.Desk;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.LargeFleet;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionViewModelTest {
    private static final String DISTRIBUTE = "POST /api/models/distribute";

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();
    private final List<Sending.Surprise> surprises = new ArrayList<>();
    private Desk desk;

    @BeforeEach
    void fleet() {
        server.start();
        desk = new Desk(server, folder);
        desk.fleet(LargeFleet.all());
    }

    @AfterEach
    void end() {
        desk.close();
        server.close();
    }

    private DistributionViewModel view(@Nullable String model, UUID... nodes) {
        return new DistributionViewModel(
                desk.context(),
                model == null ? null : ModelName.parse(model),
                List.of(nodes),
                LargeFleet.catalog());
    }

    private static String json(DistributionViewModel view) {
        return new String(
                Json.write(Objects.requireNonNull(view.request())), StandardCharsets.UTF_8);
    }

    @Test
    void nothingCanBeSentBeforeThereIsAName() {
        DistributionViewModel view = view(null);
        assertThat(view.ready().get()).isFalse();
        assertThat(view.request()).isNull();
        assertThat(view.words().headline().get()).contains("Choose a model");
    }

    @Test
    void aWrongNameIsExplainedAndARightOneClearsThat() {
        DistributionViewModel view = view(null);
        view.model().set("mistral 7b");
        assertThat(view.error().get()).contains("mistral 7b");
        assertThat(view.ready().get()).isFalse();
        view.model().set(" mistral:7b ");
        assertThat(view.error().get()).isEmpty();
        assertThat(view.ready().get()).isTrue();
    }

    @Test
    void suggestsTheCatalogThenWhatNodesHold() {
        DistributionViewModel view = view(null);
        view.model().set("llama");
        assertThat(view.suggestions().get())
                .extracting(known -> known.name().toString())
                .containsExactly("llama3.2:3b", "llama3.3:70b");
        view.model().set("support ja");
        assertThat(view.suggestions().get())
                .extracting(known -> known.name().model())
                .containsExactly("support-assistant-ja");
        view.model().set("phi4:14b");
        assertThat(view.suggestions().get()).isEmpty();
    }

    @Test
    void withoutACatalogTheNodesKnowSizes() {
        DistributionViewModel view =
                new DistributionViewModel(
                        desk.context(), ModelName.parse("phi4:14b"), List.of(), null);
        assertThat(view.words().about().get()).isEqualTo("9.1 GB");
        view.catalog(LargeFleet.catalog());
        assertThat(view.words().about().get()).isEqualTo("9.1 GB · Reasoning in a small size");
    }

    @Test
    void toAllIsSentAsAll() {
        assertThat(json(view("phi4:14b")))
                .isEqualTo(
                        "{\"model_name\":\"phi4:14b\",\"target\":\"all\",\"if_installed\":\"skip\"}");
    }

    @Test
    void aSelectionIsSentAsItWasShown() {
        DistributionViewModel view = view("phi4:14b", id("gpu-01"), id("gpu-03"), id("gpu-12"));
        assertThat(view.aims()).containsExactly(Aim.ALL, Aim.SELECTED, Aim.FILTER);
        assertThat(json(view))
                .isEqualTo(
                        "{\"model_name\":\"phi4:14b\",\"target\":\"specific\",\"agent_ids\":[\"%s\"],\"if_installed\":\"skip\"}"
                                .formatted(id("gpu-01")));
        view.queue().set(true);
        view.again().set(true);
        assertThat(json(view))
                .contains(id("gpu-03").toString(), id("gpu-12").toString())
                .contains("\"on_unavailable\":\"queue\"")
                .doesNotContain("if_installed");
    }

    @Test
    void aFilterIsSentAsTheNodesThatItLetsThrough() {
        DistributionViewModel view = view("phi4:14b");
        view.aim().set(Aim.FILTER);
        view.filter().set("gpu:L40S");
        assertThat(json(view)).contains("specific", id("gpu-10").toString());
        view.filter().set("gpu:none-like-this");
        assertThat(view.ready().get()).isFalse();
        assertThat(view.words().headline().get()).contains("No node is meant");
    }

    @Test
    void saysWhatItComesTo() {
        DistributionViewModel view = view("gpt-oss:20b");
        assertThat(view.words().headline().get()).isEqualTo("6 nodes get it · 8 left out");
        assertThat(view.words().cost().get())
                .isEqualTo("At most 82.8 GB to download · tightest disk: 検証機・東京第二, 7.2 GB left");
        assertThat(view.words().action().get()).isEqualTo("Distribute to 6 nodes");
        view.queue().set(true);
        assertThat(view.words().headline().get())
                .isEqualTo("10 nodes get it, 4 of them later · 4 left out");
    }

    @Test
    void aSizeThatNobodyKnowsIsSaidToBeUnknown() {
        DistributionViewModel view = view("deepseek-r1:8b");
        assertThat(view.words().about().get()).startsWith("size unknown");
        assertThat(view.words().cost().get())
                .isEqualTo("Bytes to download unknown · disk left afterwards unknown");
        view.model().set("someone/else:1b");
        assertThat(view.words().about().get()).contains("Not in the catalog");
    }

    @Test
    void anOpenDialogFollowsTheFleet() {
        DistributionViewModel view = view("phi4:14b", id("gpu-01"));
        assertThat(view.ready().get()).isTrue();
        view.onFleet(desk.fleet(Fleets.agents(2001, Fleets.agent("gpu-01", Presence.OFFLINE))));
        assertThat(view.ready().get()).isFalse();
    }

    private Sending send(DistributionViewModel view) {
        Sending sending = new Sending(desk.context());
        sending.send(
                Objects.requireNonNull(view.request()), view.preview().get(), surprises::addAll);
        return sending;
    }

    private void accepts(DistributeReply.Skipped... skipped) {
        server.answer(
                DISTRIBUTE,
                Answer.json(202, new DistributeReply(List.of(id("1")), List.of(skipped))));
    }

    @Test
    void aSuccessLeadsToTheTasks() {
        accepts();
        send(view("phi4:14b"));
        assertThat(desk.said()).containsExactly("phi4:14b: 1 task under way. [Show tasks]");
        desk.press();
        assertThat(desk.opened()).containsExactly("tasks");
        assertThat(surprises).isEmpty();
    }

    @Test
    void whatWasForeseenIsNoSurprise() {
        accepts(
                new DistributeReply.Skipped(id("gpu-03"), "AGENT_OFFLINE", "offline"),
                new DistributeReply.Skipped(id("gpu-13"), "INSUFFICIENT_STORAGE", "8 GB free"));
        send(view("phi4:14b"));
        assertThat(desk.said().getFirst()).contains("Left out: gpu-03, gpu-13.");
        assertThat(surprises).containsExactly(new Sending.Surprise("gpu-13", "8 GB free"));
    }

    @Test
    void aRefusalSaysWhatToDoAndMayBeSentForLater() {
        server.answer(DISTRIBUTE, Answer.problem(503, "AGENT_OFFLINE", "node gpu-01 is offline"));
        Sending.Refusal refusal = Objects.requireNonNull(send(view("phi4:14b")).refusal().get());
        assertThat(refusal.text()).startsWith("node gpu-01 is offline\nWait until it is back");
        assertThat(refusal.mayWait()).isTrue();
        server.answer(DISTRIBUTE, Answer.problem(403, "FORBIDDEN", "not with this token"));
        assertThat(send(view("phi4:14b")).refusal().get())
                .isEqualTo(new Sending.Refusal("not with this token", false));
        assertThat(desk.said()).isEmpty();
    }

    @Test
    void withoutAnAnswerItMayHaveArrived() {
        server.stop();
        Sending sending = send(view("phi4:14b"));
        assertThat(Objects.requireNonNull(sending.refusal().get()).text())
                .contains("may have arrived");
        assertThat(sending.busy().get()).isFalse();
    }
}
