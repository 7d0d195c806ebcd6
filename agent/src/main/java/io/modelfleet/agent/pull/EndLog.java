package io.modelfleet.agent.pull;

import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import org.jspecify.annotations.Nullable;

/** The lines that tell how a task ended. */
final class EndLog {
    private static final System.Logger LOG = System.getLogger(EndLog.class.getName());

    private EndLog() {}

    static void write(NodeTask task, TaskStatus status, Ending.@Nullable Failed cause) {
        String what = task.kind() == TaskKind.PULL ? "Model pull " : "Model removal ";
        String which = ": model={0}, task_id={1}";
        if (cause != null) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    what + "failed" + which + ", code={2}, error={3}",
                    task.model(),
                    task.id(),
                    cause.code(),
                    cause.text());
        } else {
            LOG.log(
                    System.Logger.Level.INFO,
                    what + status.wire() + which,
                    task.model(),
                    task.id());
        }
    }
}
