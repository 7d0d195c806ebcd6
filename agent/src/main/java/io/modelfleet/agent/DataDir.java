package io.modelfleet.agent;

import io.modelfleet.service.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The agent's folder, held by one agent at a time. */
final class DataDir implements AutoCloseable {
    private final Path path;
    private @Nullable FileChannel lock;

    DataDir(Path path) {
        this.path = path;
    }

    /**
     * Creates the folder where it is missing, and claims it.
     *
     * @throws StartException when another agent holds it, or it cannot be written
     */
    void claim() {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            lock = channel;
            FileLock held = tryLock(channel);
            if (held == null) {
                close();
                throw new StartException(
                        "data folder "
                                + path
                                + " is in use by another agent; choose another with --data-dir");
            }
        } catch (IOException e) {
            throw new StartException("data folder " + path + " cannot be used: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
