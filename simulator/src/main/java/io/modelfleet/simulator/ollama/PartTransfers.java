package io.modelfleet.simulator.ollama;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** All parts of one blob, a few at once; the first failure ends the others. */
final class PartTransfers {
    private static final Duration WATCH = Duration.ofMillis(50);

    private final List<PartTransfer> transfers = new ArrayList<>();
    private final AtomicReference<@Nullable PullFailure> failure = new AtomicReference<>();
    private final PullTiming timing;
    private final BooleanSupplier cancelled;

    PartTransfers(
            List<BlobPart> parts,
            Path partial,
            AtomicLong completed,
            PartTransfer.Node node,
            BooleanSupplier cancelled) {
        this.timing = node.timing();
        this.cancelled = () -> cancelled.getAsBoolean() || failure.get() != null;
        for (BlobPart part : parts) {
            if (!part.isComplete()) {
                transfers.add(new PartTransfer(part, partial, completed, node, this.cancelled));
            }
        }
    }

    /** Returns when every part is complete; an interrupt only says: look whether to stop. */
    void run(URI location) throws PullFailure {
        Queue<PartTransfer> waiting = new ConcurrentLinkedQueue<>(transfers);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(timing.parts(), transfers.size()); i++) {
            threads.add(Thread.ofVirtual().name("part-" + i).start(() -> work(waiting, location)));
        }
        for (Thread thread : threads) {
            while (!joined(thread)) {
                watch();
            }
        }
        PullFailure failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void work(Queue<PartTransfer> waiting, URI location) {
        PartTransfer next = waiting.poll();
        while (next != null && !cancelled.getAsBoolean()) {
            try {
                next.run(location);
            } catch (PullFailure e) {
                failure.compareAndSet(null, e);
            }
            next = waiting.poll();
        }
    }

    private void watch() {
        boolean stop = cancelled.getAsBoolean();
        for (PartTransfer transfer : transfers) {
            if (stop) {
                transfer.interrupt();
            } else {
                transfer.checkStall(timing.stallAfter());
            }
        }
    }

    private static boolean joined(Thread thread) {
        try {
            return thread.join(WATCH);
        } catch (InterruptedException e) {
            return !thread.isAlive();
        }
    }
}
