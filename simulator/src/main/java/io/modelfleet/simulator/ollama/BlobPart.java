package io.modelfleet.simulator.ollama;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One ranged piece of a download and the small file that remembers how far it came. The file is
 * written when an attempt ends, so after a hard kill the piece starts again from its last record.
 */
final class BlobPart {
    private final Path partial;
    private final Disk disk;
    private final Saved saved;
    private volatile long completed;

    /** As Ollama writes it. */
    record Saved(
            @JsonProperty("N") int n,
            @JsonProperty("Offset") long offset,
            @JsonProperty("Size") long size,
            @JsonProperty("Completed") long completed) {}

    private BlobPart(Path partial, Disk disk, Saved saved) {
        this.partial = partial;
        this.disk = disk;
        this.saved = saved;
        this.completed = saved.completed;
    }

    /** A new part, recorded at once: a full disk shows here and leaves an empty record. */
    static BlobPart create(Path partial, Disk disk, int n, long offset, long size)
            throws PullFailure, IOException {
        BlobPart part = new BlobPart(partial, disk, new Saved(n, offset, size, 0));
        part.save(0);
        return part;
    }

    /** A part that an earlier download left. */
    static BlobPart read(Path partial, Disk disk, Path file) throws PullFailure, IOException {
        byte[] json = Files.readAllBytes(file);
        if (json.length == 0) {
            throw new PullFailure("EOF");
        }
        try {
            return new BlobPart(partial, disk, Json.read(json, Saved.class));
        } catch (FleetException e) {
            throw new PullFailure("unexpected EOF");
        }
    }

    static Path file(Path partial, int n) {
        return partial.resolveSibling(partial.getFileName() + "-" + n);
    }

    /** Records how far the part came. */
    void save(long reached) throws PullFailure, IOException {
        Path file = file(partial, saved.n);
        byte[] json = Json.write(new Saved(saved.n, saved.offset, saved.size, reached));
        disk.resize(file, 0);
        if (disk.resize(file, json.length) < json.length) {
            disk.resize(file, 0);
            write(file, new byte[0]);
            throw noSpace(file);
        }
        write(file, json);
        completed = reached;
    }

    /** An interrupted thread must still be able to record: no channels here. */
    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
        }
    }

    /**
     * Makes room for the part's bytes up to {@code end}.
     *
     * @return how far it may be written
     */
    long grow(long end) {
        return disk.grow(partial, saved.n, end);
    }

    PullFailure noSpace() {
        return noSpace(partial);
    }

    private static PullFailure noSpace(Path file) {
        return new PullFailure("write " + file + ": no space left on device");
    }

    int n() {
        return saved.n;
    }

    long offset() {
        return saved.offset;
    }

    long size() {
        return saved.size;
    }

    long completed() {
        return completed;
    }

    boolean isComplete() {
        return completed == saved.size;
    }
}
