package io.modelfleet.coordinator.task;

/** Is told what this coordinator does with tasks; changes that others made are not among it. */
@FunctionalInterface
public interface TaskListener {
    /** A task went from one state to another. Called on the thread that changed it: be quick. */
    void changed(TaskState old, TaskState now);
}
