package io.modelfleet.console.matrix;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Presence;
import java.util.List;

/** What an operator can do with a cell. The words stand in the messages as {@code matrix.act.…}. */
enum Act {
    DISTRIBUTE,
    /** The model will run on the CPU in part, slowly. */
    DISTRIBUTE_ANYWAY,
    START_WHEN_BACK,
    START_WHEN_RESUMED,
    START_WHEN_ROOM,
    SKIP,
    DOWNLOAD_AGAIN,
    UPDATE,
    REMOVE,
    RETRY,
    CANCEL,
    SHOW_TASK;

    String key() {
        return "matrix.act." + name();
    }

    /** What can be done, the most likely first. */
    static List<Act> of(Target target) {
        Agent node = target.node();
        Cell cell = target.cell();
        return switch (cell.kind()) {
            case ABSENT -> List.of(start(node, DISTRIBUTE));
            case TOO_BIG_FOR_GPU -> List.of(start(node, DISTRIBUTE_ANYWAY));
            case TOO_BIG_FOR_DISK -> List.of(start(node, START_WHEN_ROOM));
            case INSTALLED -> List.of(SKIP, start(node, DOWNLOAD_AGAIN), REMOVE);
            case OLD -> List.of(start(node, UPDATE), SKIP, REMOVE);
            case QUEUED, DOWNLOADING, VERIFYING, REMOVING ->
                    cell.task() == null ? List.of() : List.of(CANCEL, SHOW_TASK);
            case FAILED ->
                    cell.held() == null
                            ? List.of(start(node, RETRY), SHOW_TASK)
                            : List.of(start(node, RETRY), SHOW_TASK, REMOVE);
        };
    }

    /** Whether one click does it: nothing is lost by it and nothing needs asking. */
    static boolean isAtOnce(Agent node, Cell cell) {
        return cell.kind() == Cell.Kind.ABSENT && canStart(node);
    }

    /** Whether the coordinator would hand a task to this node now. */
    static boolean canStart(Agent node) {
        return node.status() == Presence.ONLINE && node.schedulable();
    }

    private static Act start(Agent node, Act now) {
        if (node.status() == Presence.OFFLINE) {
            return START_WHEN_BACK;
        }
        return node.schedulable() ? now : START_WHEN_RESUMED;
    }
}
