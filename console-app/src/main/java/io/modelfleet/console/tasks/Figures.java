package io.modelfleet.console.tasks;

import io.modelfleet.console.support.Formats;
import io.modelfleet.protocol.Task;

/** A task's figures as text; empty where there is nothing to say. */
final class Figures {
    private Figures() {}

    /** Done and total, or the one that is known. */
    static String bytes(TaskFacts facts, Formats formats) {
        Task task = facts.task();
        if (facts.isRemoval() || (task.bytesTotal() == null && task.bytesCompleted() == null)) {
            return "";
        }
        if (task.bytesTotal() == null) {
            return formats.bytes(task.bytesCompleted());
        }
        return task.bytesCompleted() == null || task.bytesCompleted().equals(task.bytesTotal())
                ? formats.bytes(task.bytesTotal())
                : pair(formats.bytes(task.bytesCompleted()), formats.bytes(task.bytesTotal()));
    }

    /** A unit that both share is said once: {@code 8.6 / 19.0 GB}. */
    private static String pair(String done, String total) {
        int unit = done.lastIndexOf(' ');
        return (total.endsWith(done.substring(unit)) ? done.substring(0, unit) : done)
                + " / "
                + total;
    }

    static String speed(TaskFacts facts, Formats formats) {
        return facts.isRemoval() || facts.task().status().isFinal()
                ? ""
                : formats.speed(facts.task().downloadSpeedBps());
    }

    static String timeLeft(TaskFacts facts, Formats formats) {
        return facts.timeLeft().map(formats::duration).orElse("");
    }

    static String attempt(TaskFacts facts, Formats formats) {
        return facts.task().attempt() == 0
                ? Formats.UNKNOWN
                : formats.count(facts.task().attempt());
    }

    static double bytesOrder(TaskFacts facts) {
        Long total = facts.task().bytesTotal();
        return total == null ? -1 : total;
    }

    /** Those that move come first, the one that is done first at their head. */
    static double timeLeftOrder(TaskFacts facts) {
        return facts.timeLeft().map(left -> (double) left.toSeconds()).orElse(Double.MAX_VALUE);
    }
}
