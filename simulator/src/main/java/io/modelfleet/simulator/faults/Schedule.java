package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What happens when in one run. The same seed and fleet give the same schedule.
 *
 * @param held what each node holds when the run begins
 * @param steps in the order of their times
 */
record Schedule(long seed, List<List<ModelName>> held, List<Step> steps) {
    /** How long operators act and faults begin; all ends with the healing that follows. */
    static final Duration LENGTH = Duration.ofSeconds(6);

    /**
     * @param at since the run's start
     * @param via position of the coordinator that an operator calls
     */
    record Step(Duration at, Action action, int via) {
        @Override
        public String toString() {
            return "%5d ms  %s%s"
                    .formatted(
                            at.toMillis(),
                            action,
                            action instanceof Action.Call ? " via coordinator " + via : "");
        }
    }

    Schedule {
        held = List.copyOf(held);
        steps = List.copyOf(steps);
    }

    /**
     * @param localLinks positions of the links that lead to an Ollama or to the registry
     * @param links how many links there are
     */
    static Schedule random(long seed, FleetShape shape, List<Integer> localLinks, int links) {
        Draw draw = new Draw(seed, shape, localLinks, links);
        List<List<ModelName>> held = new ArrayList<>();
        for (int i = 0; i < shape.nodes(); i++) {
            held.add(draw.someModels());
        }
        List<Step> steps = new ArrayList<>();
        // Something to disturb, from the start.
        steps.add(new Step(Duration.ofMillis(draw.below(200)), draw.firstCall(), draw.via()));
        for (int i = draw.between(7, 14); i > 0; i--) {
            steps.add(new Step(draw.moment(), draw.call(), draw.via()));
        }
        for (int i = draw.between(4, 10); i > 0; i--) {
            steps.add(new Step(draw.moment(), draw.fault(), 0));
        }
        steps.sort(Comparator.comparing(Step::at));
        return new Schedule(seed, held, steps);
    }

    @Override
    public String toString() {
        return steps.stream()
                .map(step -> "  " + step)
                .collect(
                        Collectors.joining(
                                "\n",
                                "schedule of seed " + seed + ", nodes hold " + held + ":\n",
                                ""));
    }
}
