package io.modelfleet.coordinator.catalog;

import io.modelfleet.protocol.ModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks registries for many manifests, a few at a time, and counts the answers. */
final class Survey {
    private static final int AT_ONCE = 4;

    /** A registry that failed so often without one answer is left alone for the rest. */
    private static final int HOPELESS = 4;

    private final ManifestCache manifests;
    private final Runnable onFound;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Set<String> answering = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Queue<ModelName> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger found = new AtomicInteger();
    private final AtomicInteger missing = new AtomicInteger();
    private volatile String lastReason = "no model of the catalog is there";

    /**
     * @param onFound called for every manifest
     */
    Survey(ManifestCache manifests, Runnable onFound) {
        this.manifests = manifests;
        this.onFound = onFound;
    }

    /** Returns when every model is answered or given up. */
    void ask(List<ModelName> names) throws InterruptedException {
        List<CompletableFuture<Void>> counted = new ArrayList<>();
        for (ModelName name : names) {
            slots.acquire();
            if (hopeless(name.host())) {
                unanswered.add(name);
                slots.release();
            } else {
                counted.add(manifests.fetch(name).thenAccept(lookup -> count(name, lookup)));
            }
        }
        slots.acquire(AT_ONCE);
        // All are over by now; this only passes on what went wrong in the counting itself.
        CompletableFuture.allOf(counted.toArray(CompletableFuture[]::new)).join();
    }

    private void count(ModelName name, Lookup lookup) {
        try {
            tally(name, lookup);
        } finally {
            slots.release();
        }
    }

    private void tally(ModelName name, Lookup lookup) {
        switch (lookup) {
            case Lookup.Found manifest -> {
                answering.add(name.host());
                found.incrementAndGet();
                onFound.run();
            }
            case Lookup.Missing gone -> {
                answering.add(name.host());
                missing.incrementAndGet();
            }
            case Lookup.Unreachable unreachable -> {
                failures.merge(name.host(), 1, Integer::sum);
                unanswered.add(name);
                lastReason = unreachable.reason();
            }
            case Lookup.UnknownRegistry unknown ->
                    lastReason = "the registry " + unknown.host() + " is not configured";
        }
    }

    private boolean hopeless(String host) {
        return !answering.contains(host) && failures.getOrDefault(host, 0) >= HOPELESS;
    }

    int found() {
        return found.get();
    }

    int missing() {
        return missing.get();
    }

    /** Those to ask again soon. */
    List<ModelName> unanswered() {
        return List.copyOf(unanswered);
    }

    /** Why the last model could not be found, for a log line. */
    String lastReason() {
        return lastReason;
    }
}
