package io.modelfleet.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.overview.Event.Kind;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventsTest {
    private static final Agent ONE = Floor.node("gpu-01", Presence.ONLINE);

    private static FleetState state(List<Agent> agents, List<NodeModels> models, List<Task> tasks) {
        return FleetState.EMPTY.apply(Fleets.full(1, agents, models, tasks));
    }

    private static FleetState nodes(Agent... agents) {
        return state(List.of(agents), List.of(), List.of());
    }

    private static List<Event> between(FleetState before, FleetState now) {
        return Events.between(before, now, Fleets.NOW);
    }

    private static List<Kind> kinds(FleetState before, FleetState now) {
        return between(before, now).stream().map(Event::kind).toList();
    }

    @Test
    void nothingChangedMeansNothingHappened() {
        FleetState fleet = FleetState.EMPTY.apply(Floor.full());
        assertThat(between(fleet, FleetState.EMPTY.apply(Floor.full()))).isEmpty();
    }

    @Test
    void nodesComeAndGo() {
        Agent off = Floor.node("gpu-01", Presence.OFFLINE);
        assertThat(kinds(nodes(), nodes(ONE))).containsExactly(Kind.NODE_JOINED);
        assertThat(kinds(nodes(ONE), nodes(off))).containsExactly(Kind.NODE_LOST);
        assertThat(kinds(nodes(off), nodes(ONE))).containsExactly(Kind.NODE_BACK);
        assertThat(between(nodes(ONE), nodes()))
                .containsExactly(
                        new Event(
                                Fleets.NOW,
                                Kind.NODE_REMOVED,
                                "gpu-01",
                                "",
                                1,
                                Link.to(PageId.NODES)));
    }

    @Test
    void theOperatorsWishIsNewsToo() {
        Agent paused = Floor.node("gpu-01", null, Presence.ONLINE, false, OllamaState.OK, 700);
        assertThat(kinds(nodes(ONE), nodes(paused))).containsExactly(Kind.NODE_PAUSED);
        assertThat(kinds(nodes(paused), nodes(ONE))).containsExactly(Kind.NODE_RESUMED);
    }

    @Test
    void aTasksEndIsToldOnceWithItsOwnTime() {
        Task running = Fleets.task("gpu-01", "a:1", TaskStatus.DOWNLOADING, .5);
        Task failed = Floor.ended("gpu-01", "a:1", TaskStatus.FAILED, 2);
        FleetState before = state(List.of(ONE), List.of(), List.of(running));
        FleetState after = state(List.of(ONE), List.of(), List.of(failed));
        assertThat(between(before, after))
                .containsExactly(
                        new Event(
                                failed.updatedAt(),
                                Kind.PULL_FAILED,
                                "gpu-01",
                                "a:1",
                                1,
                                new Link(PageId.TASKS, failed.id().toString())));
        assertThat(between(after, after)).isEmpty();
    }

    @Test
    void aModelThatATaskBroughtIsToldByTheTask() {
        FleetState before = state(List.of(ONE), List.of(Fleets.models("gpu-01")), List.of());
        NodeModels holds = Fleets.models("gpu-01", Fleets.model("a:1", 1));
        Task done = Floor.ended("gpu-01", "a:1", TaskStatus.COMPLETED, 0);
        assertThat(kinds(before, state(List.of(ONE), List.of(holds), List.of())))
                .containsExactly(Kind.MODEL_APPEARED);
        assertThat(kinds(before, state(List.of(ONE), List.of(holds), List.of(done))))
                .containsExactly(Kind.PULL_COMPLETED);
        assertThat(kinds(state(List.of(ONE), List.of(holds), List.of()), before))
                .containsExactly(Kind.MODEL_GONE);
    }

    @Test
    void aNewNodesModelsAreNoNews() {
        NodeModels holds = Fleets.models("gpu-01", Fleets.model("a:1", 1));
        assertThat(kinds(nodes(), state(List.of(ONE), List.of(holds), List.of())))
                .containsExactly(Kind.NODE_JOINED);
    }

    @Test
    void manyAtOnceAreToldAsOne() {
        Agent[] here =
                IntStream.range(0, 30)
                        .mapToObj(i -> Floor.node("n" + i, Presence.ONLINE))
                        .toArray(Agent[]::new);
        Agent[] gone =
                IntStream.range(0, 30)
                        .mapToObj(i -> Floor.node("n" + i, Presence.OFFLINE))
                        .toArray(Agent[]::new);
        assertThat(between(nodes(here), nodes(gone)))
                .containsExactly(
                        new Event(Fleets.NOW, Kind.NODE_LOST, "", "", 30, Link.to(PageId.NODES)));
    }

    @Test
    void theFirstStateTellsItsHistoryNewestFirst() {
        List<Event> history = Events.history(FleetState.EMPTY.apply(Floor.full()));
        assertThat(history).hasSize(8);
        assertThat(history).extracting(Event::at).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(history.getFirst().model()).isEqualTo("mistral:7b");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindHasItsWords(Kind kind) {
        for (Language language : Language.values()) {
            Messages messages = new Messages(language);
            assertThat(messages.text("overview.event." + kind, "gpu-01", "a:1")).contains("gpu-01");
            assertThat(messages.text("overview.event." + kind + ".many", 7)).contains("7");
        }
    }
}
