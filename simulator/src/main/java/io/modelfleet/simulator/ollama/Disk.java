package io.modelfleet.simulator.ollama;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A disk of a chosen size. It counts what was written (a partial file is sparse, so its length says
 * nothing), and files that somebody deleted by hand no longer count.
 */
final class Disk {
    /** The whole of a file, where a partial file's parts count from 0 on. */
    private static final int WHOLE = -1;

    private final long total;
    private final Map<Extent, Long> extents = new HashMap<>();
    private long used;

    Disk(long total) {
        this.total = total;
    }

    private record Extent(Path file, int part) {}

    /** Lets a file grow or shrink; returns the size that it may have, less when the disk fills. */
    synchronized long resize(Path file, long wanted) {
        return resize(new Extent(file, WHOLE), wanted);
    }

    /**
     * Lets one part of a partial file grow; what it once held it keeps, as blocks do.
     *
     * @return bytes that the part may hold, less than wanted when the disk is full
     */
    synchronized long grow(Path file, int part, long wanted) {
        Extent extent = new Extent(file, part);
        long held = extents.getOrDefault(extent, 0L);
        return wanted <= held ? wanted : resize(extent, wanted);
    }

    /** A partial file gets its final name. */
    synchronized void rename(Path from, Path to, long size) {
        remove(from);
        used += size;
        extents.put(new Extent(to, WHOLE), size);
    }

    synchronized void remove(Path file) {
        extents.entrySet()
                .removeIf(
                        entry -> {
                            boolean gone = entry.getKey().file.equals(file);
                            used -= gone ? entry.getValue() : 0;
                            return gone;
                        });
    }

    /** Bytes left, at least 0. */
    synchronized long free() {
        extents.keySet().stream()
                .map(Extent::file)
                .distinct()
                .filter(Files::notExists)
                .toList()
                .forEach(this::remove);
        return Math.max(0, total - used);
    }

    long total() {
        return total;
    }

    private long resize(Extent extent, long wanted) {
        long held = extents.getOrDefault(extent, 0L);
        long granted = Math.min(wanted, held + Math.max(0, total - used));
        used += granted - held;
        extents.put(extent, granted);
        return granted;
    }
}
