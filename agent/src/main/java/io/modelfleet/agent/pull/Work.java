package io.modelfleet.agent.pull;

import java.util.List;
import java.util.function.Supplier;

/** What a task does. */
public interface Work {
    /** Works until the end; blocks its caller. Called once. */
    Ending run();

    /** Ends {@link #run} soon, from any thread; may come before it. */
    void stop();

    /** Makes the work of a task whose turn it is. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param ahead asks for the tasks that started earlier and still run
         */
        Work create(NodeTask task, Supplier<List<NodeTask>> ahead);
    }
}
