package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.NodeModel;
import io.modelfleet.protocol.OllamaState;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.simulator.fleet.Api;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Waits until a healed fleet is quiet: nothing is under way, and everyone says the same. */
final class Healing {
    /**
     * An agent's longest pause between two tries is 30 s, Ollama's own tries for a part add up to a
     * minute, and a stale list of models is corrected within another.
     */
    private static final Duration BOUND = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final FaultyFleet fleet;
    private String lastUnrest = "";

    Healing(FaultyFleet fleet) {
        this.fleet = fleet;
    }

    /** What was last waited for, for a person. */
    String lastUnrest() {
        return lastUnrest;
    }

    /**
     * @param watchers whose violations end the wait
     * @return how long it took
     * @throws Violation when the bound is over
     */
    Duration await(List<Watcher> watchers) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            watchers.forEach(Watcher::check);
            Optional<String> unrest = unrest();
            lastUnrest = unrest.orElse(lastUnrest);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (unrest.isEmpty()) {
                return took;
            }
            if (took.compareTo(BOUND) > 0) {
                throw new Violation(
                        "not quiet " + took.toSeconds() + " s after the healing: " + unrest.get());
            }
            Thread.sleep(PAUSE);
        }
    }

    private Optional<String> unrest() {
        try {
            for (FaultyLink link : fleet.links()) {
                if (!link.idle()) {
                    return Optional.of("a request is still held on the link " + link);
                }
            }
            for (Api api : fleet.apis()) {
                Optional<String> unrest = unrest(api);
                if (unrest.isPresent()) {
                    return unrest;
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException noAnswer) {
            return Optional.of("no answer: " + noAnswer.getMessage());
        }
    }

    private Optional<String> unrest(Api api) {
        FleetReader reader = new FleetReader(api);
        Map<UUID, Agent> agents = reader.agents();
        for (FaultyNode node : fleet.nodes()) {
            Optional<Agent> agent =
                    agents.values().stream()
                            .filter(listed -> listed.machineName().equals(node.name()))
                            .findFirst();
            if (agent.isEmpty()) {
                return Optional.of(node + " is not known");
            }
            Optional<String> unrest = unrest(api, reader, node, agent.get());
            if (unrest.isPresent()) {
                return unrest;
            }
        }
        List<Task> active = reader.activeTasks();
        return active.isEmpty() ? Optional.empty() : Optional.of("tasks are active: " + active);
    }

    private static Optional<String> unrest(
            Api api, FleetReader reader, FaultyNode node, Agent agent) {
        if (agent.status() != Presence.ONLINE || agent.ollama() != OllamaState.OK) {
            return Optional.of(node + " is " + agent.status() + ", its Ollama " + agent.ollama());
        }
        if (!agent.schedulable()) {
            api.put("/api/agents/" + agent.id() + "/settings", "{\"schedulable\":true}");
            return Optional.of(node + " is held back");
        }
        Api.Result pulls = node.agentApi().get("/pulls");
        if (!pulls.ok() || !pulls.body().isEmpty()) {
            return Optional.of(node + "'s agent has work: " + pulls.body());
        }
        Map<ModelName, String> told = new HashMap<>();
        for (NodeModel model : reader.models(agent.id())) {
            told.put(model.name(), model.digest() == null ? "no digest" : model.digest().hex());
        }
        Map<ModelName, String> held = FleetReader.installed(node);
        return told.equals(held)
                ? Optional.empty()
                : Optional.of(node + " holds " + held + ", and the coordinator says " + told);
    }
}
