package io.modelfleet.simulator.faults;

import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.simulator.fleet.Api;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays a schedule on a fleet: each step in a thread of its own, at its time. */
final class Play {
    private final FaultyFleet fleet;
    private final Calls calls;
    private final Ledger ledger;
    private final Tally tally;
    private final CountDownLatch over = new CountDownLatch(1);

    Play(FaultyFleet fleet, Calls calls, Ledger ledger, Tally tally) {
        this.fleet = fleet;
        this.calls = calls;
        this.ledger = ledger;
        this.tally = tally;
    }

    /** Gives each node the models that it shall hold at first, behind everyone's back. */
    void prepare(Schedule schedule) {
        for (int i = 0; i < fleet.nodes().size(); i++) {
            empty(fleet.nodes().get(i), i);
            for (ModelName model : schedule.held().get(i)) {
                fleet.nodes()
                        .get(i)
                        .ollamaApi()
                        .post("/api/pull", json(Map.of("model", model, "stream", false)));
            }
        }
    }

    /** Returns when every step is over; what they broke stays broken. */
    void run(Schedule schedule) throws InterruptedException {
        fleet.registry().bandwidth(FleetShape.SLOW_REGISTRY);
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Schedule.Step step : schedule.steps()) {
            pauseUntil(start + step.at().toNanos());
            threads.add(Thread.ofVirtual().name("step").start(() -> guarded(step)));
        }
        pauseUntil(start + Schedule.LENGTH.toNanos());
        over.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void pauseUntil(long moment) throws InterruptedException {
        long left = moment - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /** Waits as long as the step wants, but not beyond the schedule's end. */
    private void pause(Duration length) throws InterruptedException {
        over.await(length.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded(Schedule.Step step) {
        try {
            switch (step.action()) {
                case Action.Call call -> call(call, fleet.apis().get(step.via()));
                case Action.Fault fault -> fault(fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(Action.Call call, Api api) {
        String name = "call     " + call.getClass().getSimpleName();
        try {
            tally.count(name + ": " + calls.make(call, api).name().toLowerCase(Locale.ROOT));
        } catch (UncheckedIOException noAnswer) {
            tally.count(name + ": no answer");
        }
    }

    private void fault(Action.Fault fault) throws InterruptedException {
        switch (fault) {
            case Action.Storm storm -> storm(storm);
            case Action.Kill kill -> kill(kill);
            case Action.Pause stop -> stop(stop);
            case Action.Empty empty -> {
                tally.count("fault    emptied Ollama");
                empty(fleet.nodes().get(empty.node()), empty.node());
            }
            case Action.Corrupt corrupt -> {
                tally.count("fault    corrupt blob");
                ledger.corruptedOnce();
                fleet.registry().corrupt(fleet.registry().weights(corrupt.model()).digest());
            }
        }
    }

    private void storm(Action.Storm storm) throws InterruptedException {
        FaultyLink link = fleet.links().get(storm.link());
        tally.count("storm    " + storm.weather().fault());
        for (int i = 0; i < fleet.nodes().size(); i++) {
            if (fleet.nodes().get(i).localLinks().contains(link)) {
                ledger.interrupted(i);
            }
        }
        link.weather(storm.weather());
        pause(storm.length());
        link.clear();
    }

    private void kill(Action.Kill kill) throws InterruptedException {
        Restartable process = fleet.processes(kill.victim()).get(kill.index());
        if (process.kill()) {
            tally.killed(kill.victim());
            if (kill.victim() != Victim.COORDINATOR) {
                ledger.interrupted(kill.index());
            }
        }
        pause(kill.downFor());
        process.run();
    }

    private void stop(Action.Pause stop) throws InterruptedException {
        Restartable process = fleet.processes(stop.victim()).get(stop.index());
        if (process.pause()) {
            tally.count("pause    " + stop.victim());
        }
        pause(stop.length());
        process.run();
    }

    /** Deletes a node's models at its Ollama, as a person would with {@code ollama rm}. */
    private void empty(FaultyNode node, int position) {
        ledger.emptied(position, Instant.now());
        for (ModelName model : FleetShape.modelNames()) {
            try {
                node.ollamaApi().delete("/api/delete", json(Map.of("model", model)));
            } catch (UncheckedIOException noAnswer) {
                // It is down, or paused: it may still delete this one when it goes on.
            }
        }
        ledger.emptied(position, Instant.now());
    }

    private static String json(Map<String, Object> body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }
}
