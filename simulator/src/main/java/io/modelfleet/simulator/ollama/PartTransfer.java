package io.modelfleet.simulator.ollama;

import io.modelfleet.simulator.wire.Throttle;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fetches one part, with Ollama's rules for trying again. It runs in one thread. */
final class PartTransfer {
    private static final int TRIES = 6;
    private static final int CHUNK = 16 * 1024;

    private final BlobPart part;
    private final Path partial;
    private final AtomicLong completed;
    private final Node node;
    private final BooleanSupplier cancelled;

    private @Nullable Thread thread;
    private boolean stalled;
    private volatile long receivedAt;

    /** What all transfers of one stand-in share. */
    record Node(
            RegistryClient registry, Throttle throttle, Disk disk, PullTiming timing, Halt halt) {}

    PartTransfer(
            BlobPart part,
            Path partial,
            AtomicLong completed,
            Node node,
            BooleanSupplier cancelled) {
        this.part = part;
        this.partial = partial;
        this.completed = completed;
        this.node = node;
        this.cancelled = cancelled;
    }

    /** Returns when the part is complete. */
    void run(URI location) throws PullFailure {
        String cause = "";
        for (int failures = 0; failures < TRIES; failures++) {
            try {
                while (!attempt(location)) {
                    // A stalled attempt does not count as a failure.
                }
                return;
            } catch (Retry e) {
                cause = e.text();
                node.halt.sleep(node.timing.retryBase().multipliedBy(1L << failures));
                if (cancelled.getAsBoolean()) {
                    throw PullFailure.cancelled();
                }
            }
        }
        throw new PullFailure("max retries exceeded: " + cause);
    }

    /** Gives up the running attempt when nothing has come for so long. */
    synchronized void checkStall(Duration silence) {
        boolean silent = receivedAt != 0 && System.nanoTime() - receivedAt > silence.toNanos();
        if (silent && thread != null) {
            stalled = true;
            thread.interrupt();
        }
    }

    /** Wakes the transfer so that it sees that it was cancelled. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private boolean attempt(URI location) throws PullFailure, Retry {
        begin();
        Received received = new Received();
        try {
            receive(location, received);
            part.save(part.size());
            return true;
        } catch (InterruptedException | IOException e) {
            boolean gaveUp = end();
            if (cancelled.getAsBoolean()) {
                keep(received);
                throw PullFailure.cancelled();
            }
            if (gaveUp) {
                completed.addAndGet(-received.bytes);
                return false;
            }
            keep(received);
            throw new Retry("unexpected EOF");
        } finally {
            end();
        }
    }

    private void receive(URI location, Received received)
            throws IOException, InterruptedException, PullFailure, Retry {
        long start = part.completed();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = open(location, start);
                RandomAccessFile file = new RandomAccessFile(partial.toFile(), "rw")) {
            file.seek(part.offset() + start);
            for (long at = start; at < part.size(); at = start + received.bytes) {
                int length = in.read(chunk, 0, (int) Math.min(CHUNK, part.size() - at));
                if (length < 0) {
                    throw new IOException("the stream ended early");
                }
                node.throttle.take(length, cancelled);
                write(file, chunk, at, length, received);
            }
        }
    }

    private InputStream open(URI location, long start) throws InterruptedException, Retry {
        try {
            long first = part.offset() + start;
            return node.registry.range(location, first, part.offset() + part.size() - 1);
        } catch (PullFailure e) {
            throw new Retry(e.text());
        }
    }

    private void write(RandomAccessFile file, byte[] chunk, long at, int length, Received received)
            throws IOException, PullFailure {
        if (node.halt.isHard()) {
            throw PullFailure.cancelled();
        }
        int room = (int) (part.grow(at + length) - at);
        file.write(chunk, 0, Math.min(room, length));
        if (room < length) {
            completed.addAndGet(-received.bytes);
            throw part.noSpace();
        }
        received.bytes += length;
        completed.addAndGet(length);
        receivedAt = System.nanoTime();
    }

    private void keep(Received received) throws PullFailure {
        if (node.halt.isHard()) {
            return;
        }
        try {
            part.save(part.completed() + received.bytes);
        } catch (IOException e) {
            throw new PullFailure(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void begin() {
        thread = Thread.currentThread();
        stalled = false;
        receivedAt = 0;
    }

    /** No interrupt meant for this attempt may reach what comes after it. */
    private synchronized boolean end() {
        thread = null;
        Thread.interrupted();
        return stalled;
    }

    private static final class Received {
        private long bytes;
    }

    /** An attempt failed in a way that is worth another one. */
    private static final class Retry extends Exception {
        Retry(String text) {
            super(text);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }
}
