package io.modelfleet.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the coordinators acknowledged during a run, and what was done behind their backs.
 * Thread-safe.
 */
final class Ledger {
    private final Set<UUID> tasks = new LinkedHashSet<>();
    private final Set<UUID> cancelled = new LinkedHashSet<>();
    private final Map<Integer, Wish> settings = new HashMap<>();
    private final Map<Integer, Set<Wish>> doubtful = new HashMap<>();
    private final Set<Integer> removed = new HashSet<>();
    private final Map<Integer, List<Instant>> emptied = new HashMap<>();
    private final Map<Integer, Integer> interruptions = new HashMap<>();
    private boolean corrupted;

    /** Settings that an operator wished for a node, in the contract's words. */
    record Wish(String notes, boolean schedulable) {}

    synchronized void created(UUID task) {
        tasks.add(task);
    }

    synchronized void created(JsonNode ids) {
        ids.forEach(id -> created(UUID.fromString(id.asText())));
    }

    synchronized void cancelled(UUID task) {
        cancelled.add(task);
    }

    /** No answer came: the wish may come true, now or later. */
    synchronized void doubted(int node, Wish wish) {
        doubtful.computeIfAbsent(node, key -> new HashSet<>()).add(wish);
    }

    /** The wish was acknowledged, or is what was found: nothing earlier may be seen any more. */
    synchronized void wished(int node, Wish wish) {
        settings.put(node, wish);
    }

    /** The node was removed, or may have been: nothing is expected of its settings. */
    synchronized void removed(int node) {
        removed.add(node);
    }

    synchronized void emptied(int node, Instant when) {
        emptied.computeIfAbsent(node, key -> new ArrayList<>()).add(when);
    }

    /** Something happened to a node that may have ended a download in the middle. */
    synchronized void interrupted(int node) {
        interruptions.merge(node, 1, Integer::sum);
    }

    /** The registry served wrong bytes for a while. */
    synchronized void corruptedOnce() {
        corrupted = true;
    }

    synchronized boolean corrupted() {
        return corrupted;
    }

    synchronized int interruptions(int node) {
        return interruptions.getOrDefault(node, 0);
    }

    synchronized Set<UUID> tasks() {
        return new LinkedHashSet<>(tasks);
    }

    synchronized Set<UUID> cancelled() {
        return new LinkedHashSet<>(cancelled);
    }

    /** What a node's settings may be now; empty when anything may be. */
    synchronized Optional<Set<Wish>> settings(int node) {
        Wish acknowledged = settings.get(node);
        if (removed.contains(node) || acknowledged == null) {
            return Optional.empty();
        }
        Set<Wish> possible = new HashSet<>(doubtful.getOrDefault(node, Set.of()));
        possible.add(acknowledged);
        return Optional.of(possible);
    }

    /** When the node's models were deleted behind everyone's back, in this run. */
    synchronized List<Instant> emptied(int node) {
        return List.copyOf(emptied.getOrDefault(node, List.of()));
    }
}
