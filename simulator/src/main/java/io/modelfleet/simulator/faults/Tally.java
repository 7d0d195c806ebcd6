package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.Task;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What happened in all runs together. Thread-safe. */
final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();
    private int runs;
    private Duration slowest = Duration.ZERO;
    private Duration healing = Duration.ZERO;
    private long slowestSeed;

    synchronized void count(String what) {
        count(what, 1);
    }

    synchronized void count(String what, long times) {
        counts.merge(what, times, Long::sum);
    }

    synchronized long count(Victim victim) {
        return counts.getOrDefault(kills(victim), 0L);
    }

    void killed(Victim victim) {
        count(kills(victim));
    }

    private static String kills(Victim victim) {
        return "kill     " + victim;
    }

    void ended(Task task) {
        String code = task.errorCode() == null ? "" : " " + task.errorCode();
        count(
                "task     "
                        + task.status().wire()
                        + (task.status().wire().equals("failed") ? code : ""));
    }

    synchronized void healed(long seed, Duration took) {
        runs++;
        healing = healing.plus(took);
        if (took.compareTo(slowest) > 0) {
            slowest = took;
            slowestSeed = seed;
        }
    }

    /** Runs that ended well. */
    synchronized int runs() {
        return runs;
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        text.append(
                "%d runs passed; healed after %d ms on average, %d ms at worst (seed %d)%n"
                        .formatted(
                                runs,
                                runs == 0 ? 0 : healing.toMillis() / runs,
                                slowest.toMillis(),
                                slowestSeed));
        counts.forEach((what, times) -> text.append("  %-48s %7d%n".formatted(what, times)));
        return text.toString();
    }
}
