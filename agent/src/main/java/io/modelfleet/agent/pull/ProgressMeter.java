package io.modelfleet.agent.pull;

import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Digest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns Ollama's figures for single layers into progress over the whole model. Ollama's own figures
 * go back after a stall or a retry; what is shown here does not. Thread-safe.
 */
public final class ProgressMeter {
    /** All bytes may be there, but only Ollama's {@code success} makes it 1. */
    private static final double ALMOST = 0.999;

    private final boolean wholeKnown;
    private final Map<Digest, Layer> layers = new LinkedHashMap<>();
    private final SpeedMeter speed;
    private double highestFraction;
    private long highestBytes;
    private boolean done;

    /**
     * @param blobs the whole model in download order; {@code null} when unknown, then progress is
     *     over the layers seen so far
     * @param floor where an earlier run, before a restart, had come to
     */
    public ProgressMeter(@Nullable List<Blob> blobs, Progress floor, InstantSource time) {
        this.wholeKnown = blobs != null && !blobs.isEmpty();
        if (blobs != null) {
            blobs.forEach(blob -> layers.put(blob.digest(), new Layer(blob.size())));
        }
        this.speed = new SpeedMeter(time);
        this.highestFraction = Math.min(ALMOST, floor.fraction());
        this.highestBytes = floor.bytesCompleted();
    }

    /** A new try begins: what Ollama said in the last one holds no more. */
    public synchronized void restart() {
        layers.values().forEach(Layer::forget);
    }

    /** Ollama's figures for a layer, in bytes. */
    public synchronized void layer(Digest digest, long total, long completed) {
        Layer layer = layers.computeIfAbsent(digest, unseen -> new Layer(total));
        layer.total = Math.max(layer.total, total);
        if (layer.seen) {
            // Bytes that an earlier run left on disk have not arrived now: the first line of each
            // layer is where counting begins.
            speed.moved(Math.max(0, completed - layer.completed));
        }
        layer.seen = true;
        layer.completed = Math.min(completed, layer.total);
        completeBefore(digest);
        raise();
    }

    /** All layers are on disk. */
    public synchronized void allThere() {
        layers.values().forEach(Layer::complete);
        speed.stop();
        raise();
    }

    /** The model is installed. */
    public synchronized void done() {
        allThere();
        done = true;
    }

    public synchronized Progress now() {
        return new Progress(
                done ? 1 : highestFraction,
                done ? 0 : speed.bytesPerSecond(),
                highestBytes,
                wholeKnown ? total() : null);
    }

    /** Bytes that this try has found or put on disk, as Ollama tells it: this may go back. */
    public synchronized long reached() {
        return layers.values().stream().mapToLong(layer -> layer.completed).sum();
    }

    /** Layers come one after another, and small ones may come without a line. */
    private void completeBefore(Digest digest) {
        for (Map.Entry<Digest, Layer> earlier : layers.entrySet()) {
            if (earlier.getKey().equals(digest)) {
                return;
            }
            earlier.getValue().complete();
        }
    }

    private void raise() {
        long total = total();
        long reached = reached();
        if (total > 0) {
            highestFraction = Math.max(highestFraction, Math.min(ALMOST, (double) reached / total));
        }
        highestBytes = Math.max(highestBytes, reached);
    }

    private long total() {
        return layers.values().stream().mapToLong(layer -> layer.total).sum();
    }

    private static final class Layer {
        private long total;
        private long completed;
        private boolean seen;

        private Layer(long total) {
            this.total = total;
        }

        private void complete() {
            completed = total;
        }

        private void forget() {
            completed = 0;
            seen = false;
        }
    }
}
