package io.modelfleet.coordinator.db;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The room that is kept free on the disk of the embedded database. H2 closes a database whose disk
 * is full, reads included, so it is not allowed to meet one.
 */
final class DiskReserve {
    /** Many times what the largest transaction writes; at 1,000 nodes one has under 2 MB. */
    static final long BYTES = 64_000_000;

    /** A full disk does not become empty within this, nor an empty one full. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final long MEGABYTE = 1_000_000;

    private final Path folder;
    private final long least;
    private final Probe probe;
    private final InstantSource time;
    private Instant asked = Instant.EPOCH;
    private long free;

    /** Asks a disk. */
    @FunctionalInterface
    interface Probe {
        /** Bytes that this process may still write below the folder. */
        long free(Path folder) throws IOException;
    }

    /**
     * @param least bytes that must be free; 0 for no reserve
     */
    DiskReserve(Path folder, long least, Probe probe, InstantSource time) {
        this.folder = folder;
        this.least = least;
        this.probe = probe;
        this.time = time;
    }

    static DiskReserve of(Path folder) {
        return new DiskReserve(
                folder,
                BYTES,
                path -> Files.getFileStore(path).getUsableSpace(),
                InstantSource.system());
    }

    /**
     * @throws FleetException {@link ErrorCode#UNAVAILABLE} when too little is free
     */
    void check() {
        long bytes = free();
        if (bytes < least) {
            throw new FleetException(
                    ErrorCode.UNAVAILABLE, "UNAVAILABLE.disk", folder, bytes / MEGABYTE);
        }
    }

    private synchronized long free() {
        Instant now = time.instant();
        if (asked.plus(FRESH).isAfter(now) && !asked.isAfter(now)) {
            return free;
        }
        try {
            free = probe.free(folder);
        } catch (IOException e) {
            // Who cannot tell must not refuse: the database itself tells if something is wrong.
            free = Long.MAX_VALUE;
        }
        asked = now;
        return free;
    }
}
