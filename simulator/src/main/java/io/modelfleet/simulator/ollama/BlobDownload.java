package io.modelfleet.simulator.ollama;

import io.modelfleet.protocol.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The download of one blob, which several pulls may watch. It goes on as long as one of them does
 * (Ollama's {@code server/download.go}, v0.33).
 */
final class BlobDownload {
    private final Digest digest;
    private final Path blob;
    private final Path partial;
    private final PartTransfer.Node node;
    private final List<BlobPart> parts = new ArrayList<>();
    private final AtomicLong completed = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long total;
    private volatile boolean cancelled;
    private volatile @Nullable PullFailure failure;
    private int readers;
    private @Nullable Thread runner;

    BlobDownload(Digest digest, Path blob, PartTransfer.Node node) {
        this.digest = digest;
        this.blob = blob;
        this.partial = blob.resolveSibling(blob.getFileName() + "-partial");
        this.node = node;
    }

    /** Takes up the parts of an earlier download, or asks for the size and makes new ones. */
    void prepare(RegistryClient.Source source)
            throws PullFailure, IOException, InterruptedException {
        String records = partial.getFileName() + "-*";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(partial.getParent(), records)) {
            for (Path file : files) {
                parts.add(BlobPart.read(partial, node.disk(), file));
            }
        }
        if (parts.isEmpty()) {
            create(node.registry().size(source, digest));
        }
        total = parts.stream().mapToLong(BlobPart::size).sum();
        completed.set(parts.stream().mapToLong(BlobPart::completed).sum());
    }

    private void create(long size) throws PullFailure, IOException {
        long partSize = node.timing().partSize();
        for (long offset = 0; offset < size; offset += partSize) {
            long length = Math.min(partSize, size - offset);
            parts.add(BlobPart.create(partial, node.disk(), parts.size(), offset, length));
        }
    }

    /** Fetches in a thread of its own; {@code ended} runs before the watchers are told. */
    void start(RegistryClient.Source source, Runnable ended) {
        Thread thread =
                Thread.ofVirtual()
                        .name("download-" + digest.hex().substring(0, 12))
                        .unstarted(
                                () -> {
                                    try {
                                        run(source);
                                    } finally {
                                        ended.run();
                                        done.countDown();
                                    }
                                });
        synchronized (this) {
            runner = thread;
        }
        thread.start();
    }

    private void run(RegistryClient.Source source) {
        try {
            fetch(source);
        } catch (PullFailure e) {
            failure = cancelled ? PullFailure.cancelled() : e;
        } catch (InterruptedException e) {
            failure = PullFailure.cancelled();
        } catch (IOException e) {
            failure = new PullFailure(String.valueOf(e.getMessage()));
        }
        if (failure != null && cancelled) {
            node.halt().sleep(node.timing().windDown());
        }
    }

    private void fetch(RegistryClient.Source source)
            throws PullFailure, IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(partial.toFile(), "rw")) {
            file.setLength(total);
        }
        URI location = location(source);
        new PartTransfers(parts, partial, completed, node, () -> cancelled).run(location);
        if (cancelled) {
            throw PullFailure.cancelled();
        }
        for (BlobPart part : parts) {
            Path record = BlobPart.file(partial, part.n());
            Files.deleteIfExists(record);
            node.disk().remove(record);
        }
        Files.move(partial, blob, StandardCopyOption.REPLACE_EXISTING);
        node.disk().rename(partial, blob, total);
    }

    private URI location(RegistryClient.Source source) throws PullFailure, InterruptedException {
        long deadline = System.nanoTime() + node.timing().locationPatience().toNanos();
        for (long n = 1; ; n++) {
            Optional<URI> location = node.registry().location(source, digest);
            if (location.isPresent()) {
                return location.get();
            }
            if (cancelled) {
                throw PullFailure.cancelled();
            }
            if (System.nanoTime() > deadline) {
                throw new PullFailure("context deadline exceeded");
            }
            Thread.sleep(Duration.ofMillis(Math.min(10_000, n * n * 10)));
        }
    }

    /** Reports until the blob is there. */
    void await(ProgressSink sink) throws PullFailure, InterruptedException {
        long nanos = node.timing().line().toNanos();
        while (!done.await(nanos, TimeUnit.NANOSECONDS)) {
            sink.line(ProgressLine.pulling(digest, total, completed.get()));
        }
        PullFailure failed = failure;
        if (failed != null) {
            throw new PullFailure(failed.text());
        }
    }

    synchronized void acquire() {
        readers++;
    }

    /** The last reader's going ends the download. */
    synchronized void release() {
        readers--;
        if (readers == 0) {
            cancel();
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** The download never started: whoever joined meanwhile fails too. */
    void fail(PullFailure cause) {
        failure = cause;
        done.countDown();
    }

    /** Waits until nothing of it runs any more. */
    void join() throws InterruptedException {
        done.await();
    }
}
