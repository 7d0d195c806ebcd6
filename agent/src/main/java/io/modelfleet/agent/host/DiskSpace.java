package io.modelfleet.agent.host;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Room on the file store that holds a folder.
 *
 * @param total bytes
 * @param usable bytes that this user may still write; less than what is free where some is reserved
 */
public record DiskSpace(long total, long usable) {

    /**
     * Of the file store that holds a folder or, while the folder does not exist, its nearest
     * ancestor that does. Empty when the system does not tell.
     */
    public static Optional<DiskSpace> holding(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        while (!Files.exists(place)) {
            Path parent = place.getParent();
            if (parent == null) {
                return Optional.empty();
            }
            place = parent;
        }
        try {
            FileStore store = Files.getFileStore(place);
            return Optional.of(
                    new DiskSpace(whole(store.getTotalSpace()), whole(store.getUsableSpace())));
        } catch (IOException notTold) {
            return Optional.empty();
        }
    }

    /** Some network file systems have more bytes than a long can count, and turn negative. */
    private static long whole(long bytes) {
        return bytes < 0 ? Long.MAX_VALUE : bytes;
    }
}
