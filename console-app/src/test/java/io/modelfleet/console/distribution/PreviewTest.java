package io.modelfleet.console.distribution;

import static io.modelfleet.console.testing.Fleets.agent;
import static io.modelfleet.console.testing.Fleets.id;
import static io.modelfleet.console.testing.Fleets.model;
import static io.modelfleet.console.testing.Fleets.models;
import static io.modelfleet.console.testing.Fleets.task;
import static io.modelfleet.console.testing.LargeFleet.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModels;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreviewTest {
    private static final long GB = 1_000_000_000L;
    private static final ModelName WANTED = ModelName.parse("gpt-oss:20b");
    private static final Agent ONLINE = agent("a", Presence.ONLINE);
    private static final Agent OFFLINE = agent("b", Presence.OFFLINE);
    private static final Agent PAUSED = agent("c", Presence.ONLINE, false);
    private static final Agent SMALL = with(agent("d", Presence.ONLINE), null, 10 * GB);
    private static final Agent SILENT = with(agent("e", Presence.ONLINE), null, null);

    private static FleetState fleet(List<Agent> nodes, List<NodeModels> models, List<Task> tasks) {
        return FleetState.EMPTY.apply(Fleets.full(1, nodes, models, tasks));
    }

    private static Preview preview(FleetState fleet, boolean again, boolean queue) {
        return Preview.of(fleet, new Wish(WANTED, 14 * GB, node -> true, again, queue));
    }

    private static Outcome only(Preview preview) {
        assertThat(preview.lines()).hasSize(1);
        return preview.lines().getFirst().outcome();
    }

    private static Outcome of(Agent node, boolean queue) {
        return only(preview(fleet(List.of(node), List.of(), List.of()), false, queue));
    }

    @Test
    void aNodeWithRoomGetsIt() {
        assertThat(of(ONLINE, false)).isEqualTo(Outcome.STARTS);
    }

    @Test
    void nodesThatCannotTakeItAreLeftOut() {
        assertThat(of(OFFLINE, false)).isEqualTo(Outcome.OFFLINE);
        assertThat(of(PAUSED, false)).isEqualTo(Outcome.PAUSED);
        assertThat(of(SMALL, false)).isEqualTo(Outcome.FULL);
    }

    @Test
    void theyWaitWhereTheOperatorWantsThatTo() {
        assertThat(of(OFFLINE, true)).isEqualTo(Outcome.WAITS_OFFLINE);
        assertThat(of(PAUSED, true)).isEqualTo(Outcome.WAITS_PAUSED);
        assertThat(of(SMALL, true)).isEqualTo(Outcome.WAITS_FULL);
        assertThat(of(ONLINE, true)).isEqualTo(Outcome.STARTS);
    }

    @Test
    void aNodeThatHoldsItIsLeftOutOrAsksAgainForWhatChanged() {
        FleetState held =
                fleet(List.of(SMALL), List.of(models("d", model("gpt-oss:20b", 13.8))), List.of());
        assertThat(only(preview(held, false, false))).isEqualTo(Outcome.INSTALLED);
        Preview again = preview(held, true, false);
        assertThat(only(again)).isEqualTo(Outcome.AGAIN);
        assertThat(again.bytes()).isZero();
    }

    @Test
    void aNodeOnWhichItRunsIsLeftOutWhateverIsAsked() {
        FleetState running =
                fleet(
                        List.of(ONLINE),
                        List.of(),
                        List.of(task("a", "gpt-oss:20b", TaskStatus.QUEUED, 0)));
        assertThat(only(preview(running, true, true))).isEqualTo(Outcome.RUNNING);
    }

    @Test
    void aFinishedTaskIsNoReason() {
        FleetState failed =
                fleet(
                        List.of(ONLINE),
                        List.of(),
                        List.of(task("a", "gpt-oss:20b", TaskStatus.FAILED, .5)));
        assertThat(only(preview(failed, false, false))).isEqualTo(Outcome.STARTS);
    }

    @Test
    void whatOtherTasksStillNeedIsNotFree() {
        Agent tight = with(ONLINE, null, 20 * GB);
        FleetState busy =
                fleet(
                        List.of(tight),
                        List.of(),
                        List.of(task("a", "mistral:7b", TaskStatus.DOWNLOADING, .5)));
        Preview preview = preview(busy, false, false);
        assertThat(only(preview)).isEqualTo(Outcome.FULL);
        assertThat(preview.lines().getFirst().free()).isEqualTo(13 * GB);
    }

    @Test
    void addsUpBytesAndFindsTheTightestDisk() {
        Agent tight = with(agent("z", Presence.ONLINE), null, 15 * GB);
        Preview preview =
                preview(
                        fleet(List.of(ONLINE, tight, OFFLINE, SILENT), List.of(), List.of()),
                        false,
                        false);
        assertThat(preview.bytes()).isEqualTo(3 * 14 * GB);
        Preview.Line tightest = Objects.requireNonNull(preview.tightest());
        assertThat(tightest.name()).isEqualTo("z");
        assertThat(tightest.left()).isEqualTo(GB);
        assertThat(preview.getting()).isEqualTo(3);
        assertThat(preview.leftOut()).isEqualTo(1);
    }

    @Test
    void anUnknownSizeIsUnknownAndFillsNoDisk() {
        Preview preview =
                Preview.of(
                        fleet(List.of(SMALL), List.of(), List.of()),
                        new Wish(WANTED, null, node -> true, false, false));
        assertThat(only(preview)).isEqualTo(Outcome.STARTS);
        assertThat(preview.bytes()).isNull();
        assertThat(preview.tightest()).isNull();
    }

    @Test
    void anUnknownDiskIsNeverTheTightest() {
        Preview preview = preview(fleet(List.of(SILENT), List.of(), List.of()), false, false);
        assertThat(only(preview)).isEqualTo(Outcome.STARTS);
        assertThat(preview.tightest()).isNull();
        assertThat(preview.bytes()).isEqualTo(14 * GB);
    }

    @Test
    void aNodeWithoutRoomThatWaitsIsNotTheTightest() {
        Preview preview = preview(fleet(List.of(SMALL, ONLINE), List.of(), List.of()), false, true);
        assertThat(Objects.requireNonNull(preview.tightest()).name()).isEqualTo("a");
        assertThat(preview.waiting()).isEqualTo(1);
    }

    @Test
    void onlyNodesThatAreMeantAreListedThoseThatGetItFirst() {
        Preview preview =
                Preview.of(
                        fleet(List.of(PAUSED, OFFLINE, ONLINE), List.of(), List.of()),
                        new Wish(WANTED, 14 * GB, node -> !node.equals(PAUSED), false, false));
        assertThat(preview.lines()).extracting(Preview.Line::name).containsExactly("a", "b");
        assertThat(preview.receivers()).containsExactly(id("a"));
        assertThat(preview.foresaw(id("b"))).isTrue();
        assertThat(preview.foresaw(id("a"))).isFalse();
    }

    @Test
    void aNodeIsCalledWhatTheOperatorCallsIt() {
        @Nullable String named = "検証機";
        Preview preview =
                preview(
                        fleet(List.of(with(ONLINE, named, GB * 99)), List.of(), List.of()),
                        false,
                        false);
        assertThat(preview.lines().getFirst().name()).isEqualTo(named);
    }
}
