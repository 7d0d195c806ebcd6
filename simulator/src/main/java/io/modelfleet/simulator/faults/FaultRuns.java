package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.Task;
import io.modelfleet.simulator.fleet.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Runs one schedule after the other on one fleet; the first violation ends it. */
final class FaultRuns implements AutoCloseable {
    /** Such a healing is worth a line. */
    private static final Duration SLOW = Duration.ofSeconds(20);

    private final FaultyFleet fleet;
    private final FleetShape shape;
    private final Tally tally;
    private final Consumer<String> out;
    private final List<TaskHistory> histories = new ArrayList<>();

    /**
     * @param directory for logs and data; kept
     * @param out where each run's seed goes
     */
    FaultRuns(
            FleetShape shape,
            Programs programs,
            Path directory,
            Tally tally,
            Consumer<String> out) {
        this.shape = shape;
        this.fleet = new FaultyFleet(shape, programs, directory);
        this.tally = tally;
        this.out = out;
    }

    /** Starts the fleet and waits until it is quiet for the first time. */
    void start() throws InterruptedException {
        fleet.start();
        for (Restartable coordinator : fleet.coordinators()) {
            histories.add(new TaskHistory(coordinator + "'s reader"));
        }
        new Healing(fleet).await(List.of());
    }

    /**
     * One run.
     *
     * @throws Violation when an invariant did not hold; seed, schedule and the logs' place are in
     *     its text
     */
    void run(long seed) throws InterruptedException {
        Schedule schedule = schedule(seed);
        List<Watcher> watchers = watchers();
        try {
            watchers.forEach(Watcher::start);
            run(schedule, watchers);
        } catch (Violation violation) {
            throw new Violation(
                    "%s%n%s%nseed: %d, logs: %s"
                            .formatted(violation.getMessage(), schedule, seed, fleet.directory()),
                    violation);
        } finally {
            watchers.forEach(Watcher::close);
        }
    }

    private Schedule schedule(long seed) {
        List<Integer> local = new ArrayList<>();
        List<FaultyLink> links = fleet.links();
        for (int i = 0; i < links.size(); i++) {
            links.get(i).seed(seed + i);
            if (!fleet.isBetweenProducts(links.get(i))) {
                local.add(i);
            }
        }
        return Schedule.random(seed, shape, local, links.size());
    }

    private List<Watcher> watchers() {
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < fleet.apis().size(); i++) {
            String name = fleet.coordinators().get(i).toString();
            watchers.add(new Watcher(name, fleet.apis().get(i), histories.get(i)));
        }
        return watchers;
    }

    private void run(Schedule schedule, List<Watcher> watchers) throws InterruptedException {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Invariants.TrafficBefore before = Invariants.TrafficBefore.of(fleet);
        Map<NetworkFault, Long> faultsBefore = faults();
        Ledger ledger = new Ledger();
        List<UUID> nodes = nodes(ledger);
        Play play = new Play(fleet, new Calls(nodes, ledger), ledger, tally);
        play.prepare(schedule);
        play.run(schedule);
        fleet.heal();
        Healing healer = new Healing(fleet);
        Duration healing = healer.await(watchers);
        if (healing.compareTo(SLOW) > 0) {
            out.accept("slow: the last to become quiet: " + healer.lastUnrest());
        }
        watchers.forEach(Watcher::close);
        watchers.forEach(Watcher::check);
        Invariants invariants = new Invariants(fleet, ledger, nodes, start, before);
        List<Task> tasks = List.of();
        for (int i = 0; i < watchers.size(); i++) {
            FleetReader reader = new FleetReader(fleet.apis().get(i));
            tasks = invariants.check(reader, histories.get(i));
            ReplayCheck.check(watchers.get(i), reader);
        }
        count(schedule, tasks, healing, faultsBefore);
    }

    /** The nodes' ids by position, with their settings noted. */
    private List<UUID> nodes(Ledger ledger) {
        Map<String, Agent> byName = new HashMap<>();
        new FleetReader(fleet.apis().getFirst())
                .agents()
                .values()
                .forEach(agent -> byName.put(agent.machineName(), agent));
        List<UUID> ids = new ArrayList<>();
        for (FaultyNode node : fleet.nodes()) {
            Agent agent = byName.get(node.name());
            if (agent == null) {
                throw new Violation("a node is lost: " + node);
            }
            String notes = agent.notes() == null ? "" : agent.notes();
            ledger.wished(ids.size(), new Ledger.Wish(notes, true));
            ids.add(agent.id());
        }
        return ids;
    }

    private Map<NetworkFault, Long> faults() {
        Map<NetworkFault, Long> sum = new HashMap<>();
        fleet.links()
                .forEach(
                        link ->
                                link.traffic()
                                        .faultsByKind()
                                        .forEach((kind, n) -> sum.merge(kind, n, Long::sum)));
        return sum;
    }

    private void count(
            Schedule schedule,
            List<Task> tasks,
            Duration healing,
            Map<NetworkFault, Long> faultsBefore) {
        tasks.forEach(tally::ended);
        faults().forEach(
                        (kind, n) ->
                                tally.count(
                                        "request met " + kind,
                                        n - faultsBefore.getOrDefault(kind, 0L)));
        tally.healed(schedule.seed(), healing);
        out.accept(
                "run %d passed: seed=%d, tasks=%d, healed after %d ms"
                        .formatted(
                                tally.runs(), schedule.seed(), tasks.size(), healing.toMillis()));
    }

    @Override
    public void close() {
        fleet.close();
    }
}
