package io.modelfleet.console.nodes;

import static io.modelfleet.console.testing.Fleets.agent;
import static io.modelfleet.console.testing.Fleets.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.testing.Desk;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.LargeFleet;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.Presence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesViewModelTest {
    @TempDir private Path folder;
    private final FleetServer server = new FleetServer();
    private Desk desk;
    private NodesViewModel model;

    @BeforeEach
    void fleet() {
        server.start();
        desk = new Desk(server, folder);
        model = new NodesViewModel(desk.context());
        show(Fleets.lab());
    }

    @AfterEach
    void end() {
        desk.close();
        server.close();
    }

    private void show(Changes changes) {
        model.onFleet(desk.fleet(changes));
    }

    private List<String> names() {
        return model.rows().stream().map(row -> row.now().name()).toList();
    }

    private NodeRow row(String name) {
        return Objects.requireNonNull(model.row(id(name).toString()));
    }

    @Test
    void listsByNameAndCounts() {
        assertThat(names()).startsWith("gpu-01", "gpu-02").hasSize(6);
        assertThat(model.count().get()).isEqualTo("6 nodes");
    }

    @Test
    void filtersAndCountsWhatIsLeft() {
        model.filterText().set("gpu:4090");
        assertThat(names()).containsExactly("gpu-01", "gpu-02");
        assertThat(model.count().get()).isEqualTo("2 of 6 nodes");
    }

    @Test
    void aNodeThatChangesLeavesOrJoinsTheFilterByItself() {
        model.filterText().set("status:offline");
        assertThat(names()).containsExactly("gpu-03");
        show(Fleets.agents(1001, agent("gpu-01", Presence.OFFLINE)));
        assertThat(names()).containsExactly("gpu-01", "gpu-03");
    }

    @Test
    void aRowIsTheSameObjectForAsLongAsItsNodeIsThere() {
        NodeRow before = row("gpu-02");
        show(Fleets.agents(1001, agent("gpu-02", Presence.OFFLINE)));
        assertThat(row("gpu-02")).isSameAs(before);
        show(new Changes(1002, false, List.of(), List.of(id("gpu-02")), List.of(), List.of()));
        assertThat(names()).doesNotContain("gpu-02");
    }

    @Test
    void sortsByWhatIsAskedAndThenByName() {
        model.order().set(Comparator.comparing(row -> row.now().agent().schedulable()));
        assertThat(names().getFirst()).isEqualTo("gpu-05");
        show(Fleets.agents(1001, agent("gpu-04", Presence.ONLINE, false)));
        assertThat(names()).startsWith("gpu-04", "gpu-05", "gpu-01");
    }

    @Test
    void lastSeenIsSortedByTimeNotByWord() {
        model.order().set(Comparator.comparing(row -> row.seen().get()));
        assertThat(names().getFirst()).isEqualTo("gpu-03");
        assertThat(row("gpu-03").seen().get().age()).isEqualTo("2 h ago");
    }

    @Test
    void agesGoOnBetweenPolls() {
        desk.clock().advance(Duration.ofSeconds(20));
        model.onTick(desk.clock().instant());
        assertThat(row("gpu-01").seen().get().age()).isEqualTo("22 s ago");
    }

    @Test
    void figuresThatNobodyKnowsAreAbsentRatherThanZero() {
        Agent silent = agent("gpu-01", Presence.ONLINE, LargeFleet.silent("AMD Radeon PRO W7900"));
        show(Fleets.agents(1001, LargeFleet.with(silent, null, null)));
        NodeFacts facts = row("gpu-01").now();
        assertThat(facts.gpus()).isEqualTo("Radeon PRO W7900");
        assertThat(facts.gpuMemory()).isNull();
        assertThat(facts.utilization()).isNull();
        assertThat(facts.temperature()).isNull();
        assertThat(facts.memoryShare()).isNegative();
        assertThat(facts.agent().diskFree()).isNull();
    }

    @Test
    void showsTheDetailsOfOneNodeOnlyAndKeepsThemFresh() {
        model.select(List.of(row("gpu-01"), row("gpu-02")));
        assertThat(model.detail().get()).isNull();
        model.select(List.of(row("gpu-01")));
        assertThat(Objects.requireNonNull(model.detail().get()).tasks()).hasSize(2);
        show(Fleets.agents(1001, agent("gpu-01", Presence.OFFLINE)));
        assertThat(Objects.requireNonNull(model.detail().get()).facts().agent().status())
                .isEqualTo(Presence.OFFLINE);
        show(new Changes(1002, false, List.of(), List.of(id("gpu-01")), List.of(), List.of()));
        assertThat(model.detail().get()).isNull();
    }

    @Test
    void distributesToWhatIsSelectedOrLeavesTheChoice() {
        model.distribute();
        model.select(List.of(row("gpu-01")));
        model.distribute();
        assertThat(desk.opened())
                .containsExactly(
                        "distribution null []", "distribution null [" + id("gpu-01") + "]");
    }

    @Test
    void pausesOnlyWhatIsNotPausedAndTakesItBack() {
        server.answer(
                "PUT /api/agents/" + id("gpu-01") + "/settings",
                Answer.json(200, agent("gpu-01", Presence.ONLINE, false)));
        model.select(List.of(row("gpu-01"), row("gpu-05")));
        model.schedulable(false);
        assertThat(server.requests()).hasSize(1);
        assertThat(desk.said()).containsExactly("gpu-01 gets no new work. [Undo]");
    }

    @Test
    void removesAfterAskingAndSaysWhatToDoAboutARefusal() {
        server.answer(
                "DELETE /api/agents/" + id("gpu-03"),
                Answer.problem(404, "AGENT_NOT_FOUND", "no such node"));
        model.select(List.of(row("gpu-03")));
        model.remove();
        assertThat(desk.question().touched()).containsExactly("gpu-03");
        assertThat(server.requests()).isEmpty();
        desk.sayYes();
        assertThat(desk.said())
                .containsExactly("✗ no such node\nIt has left the fleet; choose again.");
    }
}
