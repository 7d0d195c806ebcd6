package io.modelfleet.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.testing.Desk;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.AvailableModels;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.Presence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogViewModelTest {
    private static final long GB = 1_000_000_000L;

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer().start();
    private Desk desk = new Desk(server, Path.of("."));
    private CatalogViewModel model = new CatalogViewModel(desk.context());

    @BeforeEach
    void page() {
        desk = new Desk(server, folder);
        model = new CatalogViewModel(desk.context());
        server.answer("GET /api/models/available", Answer.json(200, CatalogSamples.library()));
        model.onFleet(FleetState.EMPTY.apply(CatalogSamples.fleet(1)));
    }

    @AfterEach
    void end() {
        desk.close();
        server.close();
    }

    private CatalogFacts facts(String name) {
        return model.rows().stream()
                .map(CatalogRow::now)
                .filter(facts -> facts.entry().name().equals(ModelName.parse(name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void asksForTheListOnlyWhenItIsShownAndAgainAfterAWhile() {
        assertThat(server.requests()).isEmpty();
        model.shown(true);
        assertThat(server.requests()).hasSize(1);
        desk.clock().advance(Duration.ofMinutes(4));
        model.available().onTick(desk.clock().instant());
        assertThat(server.requests()).hasSize(1);
        assertThat(model.available().source().get()).isEqualTo("Source: library, 4 min ago");
        desk.clock().advance(Duration.ofMinutes(1));
        model.available().onTick(desk.clock().instant());
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void saysWhenTheListIsFromTheNodes() {
        server.answer(
                "GET /api/models/available",
                Answer.json(200, new AvailableModels(List.of(), AvailableModels.Source.AGENTS)));
        model.shown(true);
        assertThat(model.available().source().get()).startsWith("Source: from the nodes");
        assertThat(facts("gpt-oss:20b").entry().origin()).isEqualTo(CatalogEntry.Origin.NODES);
    }

    @Test
    void aFailedRefreshKeepsTheListAndSaysWhy() {
        model.shown(true);
        server.answer(
                "GET /api/models/available", Answer.problem(503, "UNAVAILABLE", "no database"));
        model.available().refresh();
        assertThat(model.rows()).hasSize(12);
        assertThat(model.available().problem().get()).endsWith("no database");
        server.answer("GET /api/models/available", Answer.json(200, CatalogSamples.library()));
        model.available().refresh();
        assertThat(model.available().problem().get()).isEmpty();
    }

    @Test
    void countsWhoHoldsAModelAndWhoCouldRunIt() {
        model.shown(true);
        assertThat(facts("gpt-oss:20b").holders()).isEqualTo(3);
        assertThat(facts("gpt-oss:20b").able()).isEqualTo(6);
        assertThat(facts("gpt-oss:120b").able()).isEqualTo(2);
        assertThat(facts("qwen3-coder:480b").able()).isZero();
    }

    @Test
    void aModelFitsWithAFifthToSpareOnTheLargestGpuAndRoomOnTheDisk() {
        Agent twelve = node(12, 100);
        assertThat(Fit.of(10 * GB, false, twelve)).isEqualTo(Fit.FITS);
        assertThat(Fit.of(10 * GB + 5, false, twelve)).isEqualTo(Fit.GPU_TOO_SMALL);
        assertThat(Fit.of(10 * GB, false, node(12, 9))).isEqualTo(Fit.DISK_TOO_FULL);
        assertThat(Fit.of(10 * GB, true, node(12, 9))).isEqualTo(Fit.FITS);
        assertThat(Fit.of(null, false, twelve)).isEqualTo(Fit.UNKNOWN);
        assertThat(Fit.of(GB, false, Fleets.agent("none", Presence.ONLINE))).isEqualTo(Fit.UNKNOWN);
    }

    private static Agent node(int memory, int free) {
        Agent node = Fleets.agent("gpu", Presence.ONLINE, Fleets.gpu("NVIDIA", memory, .1, 10, 40));
        return new Agent(
                node.id(),
                node.machineName(),
                null,
                node.ipAddress(),
                null,
                node.ollamaPort(),
                node.agentApiPort(),
                node.status(),
                true,
                node.registeredAt(),
                node.lastSeen(),
                true,
                1,
                node.gpuModel(),
                node.gpuDevices(),
                node.gpuMemory(),
                null,
                null,
                null,
                free * GB,
                List.of(),
                List.of(),
                null,
                null,
                null);
    }

    @Test
    void theDetailsListHoldersFirstThenWhereItFits() {
        model.shown(true);
        CatalogRow row = model.reveal(ModelName.parse("gpt-oss:20b"));
        model.selected().set(row);
        CatalogViewModel.Detail detail = model.detail().get();
        assertThat(detail).isNotNull();
        assertThat(detail.nodes())
                .hasSize(12)
                .startsWith(detail.nodes().stream().filter(NodeFit::held).toArray(NodeFit[]::new));
        assertThat(detail.nodes().getLast().fit()).isEqualTo(Fit.UNKNOWN);
    }

    @Test
    void rowsAreChangedInPlace() {
        model.shown(true);
        CatalogRow row = model.reveal(ModelName.parse("llama3.2:3b"));
        model.onFleet(
                FleetState.EMPTY
                        .apply(CatalogSamples.fleet(1))
                        .apply(
                                new io.modelfleet.protocol.Changes(
                                        2,
                                        false,
                                        List.of(),
                                        List.of(),
                                        List.of(
                                                Fleets.models(
                                                        "gpu-02", Fleets.model("llama3.2:3b", 2))),
                                        List.of())));
        assertThat(model.reveal(ModelName.parse("llama3.2:3b"))).isSameAs(row);
        assertThat(facts("llama3.2:3b").holders()).isEqualTo(2);
    }

    @Test
    void whatIsTypedIsLookedUpInTheList() {
        model.shown(true);
        model.typed().set("gpt-oss:20b");
        assertThat(model.verdict().get().text())
                .isEqualTo("In this list: 13.8 GB, fits 6 of 12 nodes.");
        model.typed().set("hf.co/owner/model:Q4");
        assertThat(model.verdict().get().text()).contains("hf.co");
        model.distributeTyped();
        assertThat(desk.opened()).containsExactly("distribution hf.co/owner/model:Q4 []");
        model.typed().set("a b");
        model.distributeTyped();
        assertThat(desk.opened()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llama 3 | spaces",
                "モデル | モ",
                "a/b/c/d | slashes",
                "a:b:c | one tag",
                "llama3: | colon",
                ":latest | colon",
                "a//b | missing",
                "library/ | missing",
                "glm-4.6:cloud | cloud",
                "kimi-k2:1t-cloud | cloud",
                "-x | invalid model name"
            })
    void aWrongNameIsToldWhatIsWrongWithIt(String name, String reason) {
        assertThat(NameCheck.name(name)).isEmpty();
        assertThat(NameCheck.problem(name, new Messages(Language.EN))).containsIgnoringCase(reason);
        assertThat(NameCheck.problem(name, new Messages(Language.JA))).isNotEmpty();
    }

    @Test
    void aLongPartIsToldToBeTooLong() {
        assertThat(NameCheck.problem("x".repeat(81), new Messages(Language.EN)))
                .contains("too long");
    }

    @ParameterizedTest
    @CsvSource({"llama3.2", "llama3.2:3b", "hf.co/owner/model:Q4_K_M", "http://host:5000/a/b:c"})
    void aGoodNameIsNotQuestioned(String name) {
        assertThat(NameCheck.name(name)).isPresent();
        assertThat(NameCheck.problem(name, new Messages(Language.EN))).isEmpty();
    }
}
