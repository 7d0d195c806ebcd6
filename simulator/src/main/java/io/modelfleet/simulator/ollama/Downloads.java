package io.modelfleet.simulator.ollama;

import io.modelfleet.protocol.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The downloads under way: two pulls of one blob share one of them. */
final class Downloads {
    private final ModelStore store;
    private final PartTransfer.Node node;
    private final Map<Digest, BlobDownload> running = new HashMap<>();

    Downloads(ModelStore store, PartTransfer.Node node) {
        this.store = store;
        this.node = node;
    }

    /**
     * Brings a blob into the store.
     *
     * @return whether it was there already
     */
    boolean fetch(RegistryClient.Source source, Digest digest, ProgressSink sink)
            throws PullFailure, IOException, InterruptedException {
        Path blob = store.blob(digest);
        BlobDownload download;
        boolean first;
        synchronized (this) {
            download = running.get(digest);
            first = download == null;
            if (download == null && Files.notExists(blob)) {
                download = new BlobDownload(digest, blob, node);
                running.put(digest, download);
            }
            if (download != null) {
                download.acquire();
            }
        }
        if (download == null) {
            long size = Files.size(blob);
            sink.line(ProgressLine.pulling(digest, size, size));
            return true;
        }
        try {
            if (first) {
                start(download, source, digest);
            }
            download.await(sink);
        } finally {
            download.release();
        }
        return false;
    }

    private void start(BlobDownload download, RegistryClient.Source source, Digest digest)
            throws PullFailure, IOException, InterruptedException {
        PullFailure failure = PullFailure.cancelled();
        boolean prepared = false;
        try {
            download.prepare(source);
            prepared = true;
        } catch (PullFailure e) {
            failure = e;
            throw e;
        } finally {
            if (!prepared) {
                forget(digest);
                download.fail(failure);
            }
        }
        download.start(source, () -> forget(digest));
    }

    private synchronized void forget(Digest digest) {
        running.remove(digest);
    }

    /** Cancels everything and waits for it. */
    void stop() throws InterruptedException {
        List<BlobDownload> left;
        synchronized (this) {
            left = List.copyOf(running.values());
        }
        left.forEach(BlobDownload::cancel);
        for (BlobDownload download : left) {
            download.join();
        }
    }
}
