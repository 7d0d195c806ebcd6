package io.modelfleet.agent.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** A small file that is either the old one or the new one, whatever happens while it is written. */
public final class DurableFile {
    private final Path path;

    public DurableFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** Replaces the content; it is on the disk when this returns. */
    public void write(byte[] content) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Moves a file that cannot be understood out of the way, where a person may look at it.
     *
     * @return its new place
     */
    public Path setAside(Instant now) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".corrupt-" + now.toEpochMilli());
        return Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    }
}
