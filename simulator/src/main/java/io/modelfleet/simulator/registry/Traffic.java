package io.modelfleet.simulator.registry;

import io.modelfleet.protocol.Digest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What was asked for and sent: tests prove with it that nothing was fetched twice. */
final class Traffic {
    private final Map<Digest, AtomicLong> bytes = new ConcurrentHashMap<>();
    private final Map<Digest, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final AtomicInteger manifests = new AtomicInteger();

    void requested(Digest blob) {
        requests.computeIfAbsent(blob, key -> new AtomicInteger()).incrementAndGet();
    }

    void sent(Digest blob, int count) {
        bytes.computeIfAbsent(blob, key -> new AtomicLong()).addAndGet(count);
    }

    void manifestRequested() {
        manifests.incrementAndGet();
    }

    long bytes() {
        return bytes.values().stream().mapToLong(AtomicLong::get).sum();
    }

    long bytes(Digest blob) {
        AtomicLong count = bytes.get(blob);
        return count == null ? 0 : count.get();
    }

    int requests(Digest blob) {
        AtomicInteger count = requests.get(blob);
        return count == null ? 0 : count.get();
    }

    Map<String, Integer> requestsByBlob() {
        Map<String, Integer> counts = new TreeMap<>();
        requests.forEach((blob, count) -> counts.put(blob.toString(), count.get()));
        return counts;
    }

    int manifests() {
        return manifests.get();
    }
}
