package io.modelfleet.agent.pull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Ollama's model store: {@code blobs/sha256-<hex>}, and {@code …-partial-<n>} beside it for
 * each part of a download that is under way (its {@code server/download.go}, v0.33). Never writes.
 */
public final class BlobStore {
    private final @Nullable Path blobs;

    /**
     * @param directory Ollama's model directory; {@code null} when it is not known
     */
    public BlobStore(@Nullable Path directory) {
        this.blobs = directory == null ? null : directory.resolve("blobs");
    }

    /**
     * Whether this process may look into the store; Ollama's service often runs as another user.
     */
    public boolean readable() {
        return blobs != null
                && Files.isDirectory(blobs)
                && Files.isReadable(blobs)
                && Files.isExecutable(blobs);
    }

    /** Bytes of these blobs that are not on disk yet. */
    long missing(List<Blob> wanted) {
        return wanted.stream().mapToLong(this::missing).sum();
    }

    private long missing(Blob blob) {
        if (blobs == null) {
            return blob.size();
        }
        Path file = blobs.resolve(fileName(blob));
        try {
            if (Files.isRegularFile(file) && Files.size(file) == blob.size()) {
                return 0;
            }
            return blob.size() - Math.min(blob.size(), partsOf(blob));
        } catch (IOException unreadable) {
            return blob.size();
        }
    }

    /** Partial files are sparse, so their length says nothing; the parts' records do. */
    private long partsOf(Blob blob) throws IOException {
        long completed = 0;
        for (Path part : list(fileName(blob) + "-partial-*")) {
            completed += completed(part);
        }
        return completed;
    }

    private static long completed(Path part) {
        try {
            JsonNode record = Json.mapper().readTree(part.toFile());
            return Math.max(0, record.path("Completed").asLong(0));
        } catch (JacksonException halfWritten) {
            return 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /**
     * Files that a full disk left behind, and that make every later pull answer {@code EOF}.
     *
     * @param blobs those of the model; empty when they are not known, then all are looked at
     */
    List<Path> emptyPartials(List<Blob> blobs) {
        if (!readable()) {
            return List.of();
        }
        List<String> globs =
                blobs.isEmpty()
                        ? List.of("sha256-*-partial*")
                        : blobs.stream().map(blob -> fileName(blob) + "-partial*").toList();
        List<Path> empty = new ArrayList<>();
        try {
            for (String glob : globs) {
                for (Path file : list(glob)) {
                    if (Files.size(file) == 0) {
                        empty.add(file);
                    }
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return empty.stream().sorted().toList();
    }

    /** All that is left of the download that a partial file belongs to, for a person. */
    static String allPartials(Path partial) {
        return partial.toString().replaceFirst("-partial[^/]*$", "-partial*");
    }

    private List<Path> list(String glob) throws IOException {
        if (blobs == null) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(blobs, glob)) {
            files.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** Where blobs lie, for a person. */
    String location() {
        return blobs == null ? "the folder blobs of Ollama's model store" : blobs.toString();
    }

    private static String fileName(Blob blob) {
        return "sha256-" + blob.digest().hex();
    }
}
