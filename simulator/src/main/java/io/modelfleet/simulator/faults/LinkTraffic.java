package io.modelfleet.simulator.faults;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What passed a link, and how often its weather was felt. Thread-safe. */
final class LinkTraffic {
    private final Map<String, LongAdder> answered = new ConcurrentHashMap<>();
    private final Map<NetworkFault, LongAdder> met = new ConcurrentHashMap<>();

    void answered(String path, int bytes) {
        answered.computeIfAbsent(path, key -> new LongAdder()).add(bytes);
    }

    void met(NetworkFault fault) {
        met.computeIfAbsent(fault, key -> new LongAdder()).increment();
    }

    /** Bytes of answers' bodies that came for this path since the start, cut ones included. */
    long bytes(String path) {
        LongAdder sum = answered.get(path);
        return sum == null ? 0 : sum.sum();
    }

    /** How many requests met a fault since the start. */
    long faults() {
        return met.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How many requests met which fault since the start. */
    Map<NetworkFault, Long> faultsByKind() {
        Map<NetworkFault, Long> counts = new EnumMap<>(NetworkFault.class);
        met.forEach((fault, sum) -> counts.put(fault, sum.sum()));
        return counts;
    }
}
