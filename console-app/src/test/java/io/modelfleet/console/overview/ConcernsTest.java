package io.modelfleet.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcernsTest {
    private static final Instant NOW = Fleets.NOW;
    private static final Agent WELL = Floor.node("gpu-01", Presence.ONLINE);

    private static FleetState fleet(List<Agent> agents, List<NodeModels> models, List<Task> tasks) {
        return FleetState.EMPTY.apply(Fleets.full(1, agents, models, tasks));
    }

    private static List<Concern> concerns(FleetState fleet) {
        return Concerns.of(fleet, Holdings.of(fleet.models()), NOW);
    }

    private static List<String> keys(FleetState fleet) {
        return concerns(fleet).stream().map(Concern::key).toList();
    }

    @Test
    void aFleetThatIsWellGivesNoConcern() {
        NodeModels models = Fleets.models("gpu-01", Fleets.model("a:1", 1));
        Task done = Floor.ended("gpu-01", "a:1", TaskStatus.COMPLETED, 5);
        assertThat(concerns(fleet(List.of(WELL), List.of(models), List.of(done)))).isEmpty();
    }

    @Test
    void anOfflineNodeIsOneConcernAndLeadsToItself() {
        Agent gone = Floor.node("gpu-02", null, Presence.OFFLINE, true, OllamaState.UNREACHABLE, 1);
        List<Concern> concerns = concerns(fleet(List.of(WELL, gone), List.of(), List.of()));
        assertThat(concerns)
                .containsExactly(
                        new Concern.Nodes(
                                Concern.Trouble.OFFLINE,
                                List.of(gone),
                                new Link(PageId.NODES, gone.id().toString())));
    }

    @Test
    void manyOfAKindShareALineThatLeadsToThemAll() {
        List<Agent> gone =
                IntStream.range(0, 40)
                        .mapToObj(i -> Floor.node("gpu-" + (100 + i), Presence.OFFLINE))
                        .toList();
        List<Concern> concerns = concerns(fleet(gone, List.of(), List.of()));
        assertThat(concerns)
                .singleElement()
                .extracting(Concern::link)
                .isEqualTo(new Link(PageId.NODES, "status:offline"));
        assertThat(((Concern.Nodes) concerns.getFirst()).nodes()).hasSize(40);
    }

    @Test
    void aSilentOllamaAndAFullDiskAreConcerns() {
        Agent silent =
                Floor.node("gpu-02", null, Presence.ONLINE, true, OllamaState.UNREACHABLE, 700);
        Agent full = Floor.node("gpu-03", null, Presence.ONLINE, true, OllamaState.OK, 99);
        Agent nearly = Floor.node("gpu-04", null, Presence.ONLINE, true, OllamaState.OK, 101);
        assertThat(keys(fleet(List.of(silent, full, nearly), List.of(), List.of())))
                .containsExactly("OLLAMA " + silent.id(), "DISK " + full.id());
    }

    @Test
    void failuresForTheSameReasonAreOneConcern() {
        Task one = Floor.ended("gpu-01", "a:1", TaskStatus.FAILED, 5);
        Task two = Floor.ended("gpu-02", "a:1", TaskStatus.FAILED, 6);
        List<Agent> nodes = List.of(WELL, Floor.node("gpu-02", Presence.ONLINE));
        assertThat(concerns(fleet(nodes, List.of(), List.of(two, one))))
                .containsExactly(
                        new Concern.Failed(
                                one.modelName(),
                                "the registry cannot be reached",
                                List.of(one, two),
                                new Link(PageId.TASKS, "status:failed model:a:1")));
    }

    @Test
    void aFailureThatWasMadeGoodIsNoConcern() {
        Task failed = Floor.ended("gpu-01", "a:1", TaskStatus.FAILED, 30);
        Task again =
                new Task(
                        Fleets.id("again"),
                        failed.kind(),
                        failed.agentId(),
                        failed.modelName(),
                        TaskStatus.DOWNLOADING,
                        .1,
                        0,
                        null,
                        null,
                        null,
                        1,
                        null,
                        null,
                        failed.id(),
                        NOW,
                        null,
                        NOW,
                        null);
        assertThat(keys(fleet(List.of(WELL), List.of(), List.of(failed)))).hasSize(1);
        assertThat(keys(fleet(List.of(WELL), List.of(), List.of(failed, again)))).isEmpty();
    }

    @Test
    void aModelThatCameByOtherWaysMakesItsFailureGood() {
        Task failed = Floor.ended("gpu-01", "a:1", TaskStatus.FAILED, 30);
        NodeModel plain = Fleets.model("a:1", 1);
        NodeModel later =
                new NodeModel(
                        plain.name(), plain.sizeGb(), NOW, plain.digest(), plain.size(), false);
        assertThat(
                        keys(
                                fleet(
                                        List.of(WELL),
                                        List.of(Fleets.models("gpu-01", later)),
                                        List.of(failed))))
                .isEmpty();
    }

    @Test
    void failuresOfYesterdayAndOfRemovedNodesAreHistory() {
        int minutes = (int) Concerns.FAILURES.plus(Duration.ofMinutes(1)).toMinutes();
        Task old = Floor.ended("gpu-01", "a:1", TaskStatus.FAILED, minutes);
        Task elsewhere = Floor.ended("removed", "a:1", TaskStatus.FAILED, 3);
        assertThat(keys(fleet(List.of(WELL), List.of(), List.of(old, elsewhere)))).isEmpty();
    }

    @Test
    void manyKindsOfFailureAreCounted() {
        List<Task> failed =
                IntStream.range(0, 6)
                        .mapToObj(i -> Floor.ended("gpu-01", "a:" + i, TaskStatus.FAILED, i))
                        .toList();
        assertThat(concerns(fleet(List.of(WELL), List.of(), failed)))
                .singleElement()
                .isInstanceOf(Concern.ManyFailed.class);
    }

    @Test
    void oneNameWithTwoDigestsIsDrift() {
        NodeModel model = Fleets.model("a:1", 1);
        FleetState fleet =
                fleet(
                        List.of(WELL),
                        List.of(
                                Fleets.models("gpu-01", model),
                                Fleets.models("gpu-02", model),
                                Fleets.models("gpu-03", Floor.version(model, "other"))),
                        List.of());
        assertThat(concerns(fleet))
                .containsExactly(
                        new Concern.Drifted(
                                List.of(
                                        new Holdings.Drift(
                                                model.name(), 2, 3, List.of(Fleets.id("gpu-03")))),
                                new Link(PageId.MATRIX, "a:1")));
    }

    @Test
    void whatFailedComesFirst() {
        FleetState all = FleetState.EMPTY.apply(Floor.full());
        assertThat(keys(all)).first().asString().startsWith("failed");
        assertThat(keys(all)).last().asString().startsWith("drift");
    }
}
