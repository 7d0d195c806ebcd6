package io.modelfleet.console.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static FleetState state(Task... tasks) {
        return FleetState.EMPTY.apply(
                Fleets.full(
                        1,
                        List.of(
                                Fleets.agent("a", Presence.ONLINE),
                                Fleets.agent("b", Presence.ONLINE),
                                Fleets.agent("away", Presence.OFFLINE)),
                        List.of(),
                        List.of(tasks)));
    }

    private static Task task(String node, TaskStatus status) {
        return Fleets.task(node, "m:1", status, .5);
    }

    private static Task created(Task task, long secondsLater) {
        return new Task(
                Fleets.id(task.id() + "+" + secondsLater),
                task.kind(),
                task.agentId(),
                task.modelName(),
                task.status(),
                task.progress(),
                0,
                null,
                null,
                null,
                1,
                null,
                null,
                null,
                task.createdAt().plusSeconds(secondsLater),
                null,
                task.updatedAt(),
                null);
    }

    @Test
    void aDistributionIsToldWhenItsLastTaskEnds() {
        FleetState start =
                state(task("a", TaskStatus.DOWNLOADING), task("b", TaskStatus.DOWNLOADING));
        FleetState half = state(task("a", TaskStatus.COMPLETED), task("b", TaskStatus.DOWNLOADING));
        FleetState end = state(task("a", TaskStatus.COMPLETED), task("b", TaskStatus.FAILED));
        assertThat(Outcomes.between(start, half)).isEmpty();
        assertThat(Outcomes.between(half, end))
                .singleElement()
                .satisfies(
                        outcome -> {
                            assertThat(outcome.tasks()).hasSize(2);
                            assertThat(outcome.completed()).isEqualTo(1);
                            assertThat(outcome.failed()).hasSize(1);
                        });
        assertThat(Outcomes.between(end, end)).isEmpty();
    }

    @Test
    void aNodeThatIsAwayHoldsNothingBack() {
        FleetState before =
                state(task("a", TaskStatus.DOWNLOADING), task("away", TaskStatus.PENDING));
        FleetState after = state(task("a", TaskStatus.COMPLETED), task("away", TaskStatus.PENDING));
        assertThat(Outcomes.between(before, after))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.waiting()).isEqualTo(1));
    }

    @Test
    void whatWasCreatedLaterIsAnotherDistribution() {
        Task first = task("a", TaskStatus.DOWNLOADING);
        Task later = created(task("b", TaskStatus.DOWNLOADING), 60);
        FleetState before = state(first, later);
        FleetState after = state(task("a", TaskStatus.COMPLETED), later);
        assertThat(Outcomes.between(before, after))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.tasks()).hasSize(1));
    }

    @Test
    void aFleetThatIsSeenForTheFirstTimeTellsNothing() {
        assertThat(Outcomes.between(FleetState.EMPTY, state(task("a", TaskStatus.FAILED))))
                .isEmpty();
    }

    @Test
    void aTaskThatBeganAndEndedBetweenTwoPollsIsTold() {
        Task old = task("a", TaskStatus.COMPLETED);
        Task quick = created(task("b", TaskStatus.COMPLETED), 120);
        assertThat(Outcomes.between(state(old), state(old, quick))).hasSize(1);
    }

    @Test
    void anOldTaskThatTurnsUpAgainIsNoNews() {
        Task newest = created(task("b", TaskStatus.COMPLETED), 120);
        Task old = task("a", TaskStatus.FAILED);
        assertThat(Outcomes.between(state(newest), state(newest, old))).isEmpty();
    }

    @Test
    void whoCancelsKnowsIt() {
        FleetState before = state(task("a", TaskStatus.DOWNLOADING));
        assertThat(Outcomes.between(before, state(task("a", TaskStatus.CANCELLED)))).isEmpty();
    }

    @Test
    void eachModelIsADistributionOfItsOwn() {
        Task[] moving = tasks(TaskStatus.DOWNLOADING);
        assertThat(Outcomes.between(state(moving), state(tasks(TaskStatus.COMPLETED)))).hasSize(5);
    }

    private static Task[] tasks(TaskStatus status) {
        return Stream.of("m:1", "m:2", "m:3", "m:4", "m:5")
                .map(model -> Fleets.task("a", model, status, 1))
                .toArray(Task[]::new);
    }
}
