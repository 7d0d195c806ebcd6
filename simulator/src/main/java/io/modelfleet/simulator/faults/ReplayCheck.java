package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Changes;
import io.modelfleet.protocol.Task;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether {@code /api/changes}, replayed from 0, gives what the other calls tell. Heartbeats go on
 * meanwhile, so what counts is a look during which nothing changed.
 */
final class ReplayCheck {
    /** A full answer brings only the newest of the finished tasks. */
    private static final int NEWEST = 400;

    private static final int LOOKS = 300;

    private ReplayCheck() {}

    /**
     * @throws Violation when no look showed them equal, with what was different in the last one
     */
    static void check(Watcher watcher, FleetReader reader) throws InterruptedException {
        String different = "every look was disturbed by a change";
        for (int i = 0; i < LOOKS; i++) {
            try {
                watcher.poll();
                Optional<String> seen = difference(watcher.replay(), reader);
                Optional<Changes> after = watcher.poll();
                if (seen.isEmpty()) {
                    return;
                }
                if (after.isPresent() && nothing(after.get())) {
                    different = seen.get();
                    if (i > LOOKS / 2) {
                        break;
                    }
                }
            } catch (UncheckedIOException noAnswer) {
                different = "no answer: " + noAnswer.getMessage();
            }
            Thread.sleep(20);
        }
        throw new Violation(
                "/api/changes replayed from 0 is not what the other calls say: " + different);
    }

    private static boolean nothing(Changes changes) {
        return changes.agents().isEmpty()
                && changes.models().isEmpty()
                && changes.tasks().isEmpty()
                && changes.removedAgents().isEmpty();
    }

    private static Optional<String> difference(Replay replay, FleetReader reader) {
        Map<UUID, Agent> agents = reader.agents();
        if (!agents.equals(replay.agents())) {
            return Optional.of("agents%n  %s%n  %s".formatted(replay.agents(), agents));
        }
        for (UUID agent : agents.keySet()) {
            if (!reader.models(agent).equals(replay.models(agent))) {
                return Optional.of("models of " + agent + ": " + replay.models(agent));
            }
        }
        List<Task> tasks = reader.tasks();
        Map<UUID, Task> replayed = replay.tasks();
        for (Task task : tasks.subList(0, Math.min(NEWEST, tasks.size()))) {
            if (!task.equals(replayed.get(task.id()))) {
                return Optional.of("a task%n  %s%n  %s".formatted(replayed.get(task.id()), task));
            }
        }
        long unknown =
                replayed.keySet().stream()
                        .filter(id -> tasks.stream().noneMatch(task -> task.id().equals(id)))
                        .count();
        return unknown == 0
                ? Optional.empty()
                : Optional.of(unknown + " tasks that no other call knows");
    }
}
