package io.modelfleet.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final FleetShape SHAPE = FleetShape.usual();
    private static final List<Integer> LOCAL = List.of(0, 1, 4, 5, 8, 9, 12);
    private static final int LINKS = 13;

    private static Schedule schedule(long seed) {
        return Schedule.random(seed, SHAPE, LOCAL, LINKS);
    }

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(schedule(7)).isEqualTo(schedule(7)).isNotEqualTo(schedule(8));
        assertThat(schedule(7)).hasToString(schedule(7).toString());
    }

    @Test
    void stepsComeInTheOrderOfTheirTimesAndWithinTheRun() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(schedule(seed).steps())
                    .extracting(Schedule.Step::at)
                    .isSorted()
                    .allMatch(at -> at.compareTo(Schedule.LENGTH) < 0);
        }
    }

    @Test
    void noRequestToOllamaOrTheRegistryHappensTwiceOrLate() {
        assertThat(LongStream.range(0, 500).boxed().toList())
                .flatMap(seed -> schedule(seed).steps())
                .extracting(Schedule.Step::action)
                .filteredOn(action -> action instanceof Action.Storm)
                .allSatisfy(
                        action -> {
                            Action.Storm storm = (Action.Storm) action;
                            if (LOCAL.contains(storm.link())) {
                                assertThat(storm.weather().fault())
                                        .isNotIn(NetworkFault.DUPLICATE, NetworkFault.REORDER);
                            }
                        });
    }

    @Test
    void enoughSchedulesHoldEveryKindOfFault() {
        List<Action> actions =
                LongStream.range(0, 500)
                        .boxed()
                        .flatMap(seed -> schedule(seed).steps().stream())
                        .map(Schedule.Step::action)
                        .toList();
        for (NetworkFault fault : NetworkFault.values()) {
            assertThat(actions)
                    .anyMatch(
                            action ->
                                    action instanceof Action.Storm storm
                                            && storm.weather().fault() == fault);
        }
        for (Victim victim : Victim.values()) {
            assertThat(actions)
                    .anyMatch(
                            action ->
                                    action instanceof Action.Kill kill && kill.victim() == victim);
        }
    }
}
