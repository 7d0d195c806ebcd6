package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.ModelName;
import java.time.Duration;
import java.util.List;

/** Something that happens during a run. Nodes, links and processes are named by their position. */
sealed interface Action {
    /** What an operator does, with one of the coordinators. */
    sealed interface Call extends Action {}

    /** What fails. */
    sealed interface Fault extends Action {}

    record Pull(int node, ModelName model, boolean queue) implements Call {}

    /**
     * @param nodes none for all
     */
    record Distribute(ModelName model, List<Integer> nodes, boolean queue, boolean skip)
            implements Call {
        public Distribute {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * @param pick which of the tasks that are active then
     */
    record Cancel(int pick) implements Call {}

    /**
     * @param pick which of the tasks that have failed or were cancelled by then
     */
    record Retry(int pick) implements Call {}

    record Remove(int node, ModelName model) implements Call {}

    record Settings(int node, String notes, boolean schedulable) implements Call {}

    /** The node registers again by itself. */
    record DeleteNode(int node) implements Call {}

    /**
     * @param link position in {@link FaultyFleet#links()}
     */
    record Storm(int link, Weather weather, Duration length) implements Fault {}

    /** SIGKILL, and a new start. */
    record Kill(Victim victim, int index, Duration downFor) implements Fault {}

    /** SIGSTOP, then SIGCONT. */
    record Pause(Victim victim, int index, Duration length) implements Fault {}

    /** All models of a node are deleted behind everyone's back. */
    record Empty(int node) implements Fault {}

    /** The registry serves one wrong byte until everything is healed. */
    record Corrupt(ModelName model) implements Fault {}
}
