package io.modelfleet.console.support;

import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/**
 * Keeps the settings in one file. It holds tokens, so on systems with POSIX permissions only its
 * owner can read it from the moment it exists; on Windows the user's profile protects it.
 */
public final class SettingsStore {
    private static final System.Logger LOG = System.getLogger(SettingsStore.class.getName());
    private static final String FILE = "console.json";

    private final Path folder;

    public SettingsStore(Path folder) {
        this.folder = folder;
    }

    /** The file, which may not exist yet. */
    public Path file() {
        return folder.resolve(FILE);
    }

    /** What was saved; the defaults when nothing was, or when it cannot be read. */
    public Settings load() {
        Path file = folder.resolve(FILE);
        try {
            return Json.read(Files.readAllBytes(file), Settings.class);
        } catch (NoSuchFileException e) {
            return Settings.DEFAULT;
        } catch (FleetException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} is damaged ({1}); it is kept as {0}.damaged, and the defaults are used",
                    file,
                    e.getMessage());
            keepDamaged(file);
            return Settings.DEFAULT;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", file, e);
            return Settings.DEFAULT;
        }
    }

    /**
     * Writes a new file beside the old one and moves it into place, so that a crash leaves one of
     * the two.
     */
    public void save(Settings settings) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve(FILE + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly())) {
            ByteBuffer bytes = ByteBuffer.wrap(Json.write(settings));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                temporary,
                folder.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void keepDamaged(Path file) {
        try {
            Files.move(
                    file,
                    file.resolveSibling(FILE + ".damaged"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be set aside: {1}", file, e);
        }
    }
}
