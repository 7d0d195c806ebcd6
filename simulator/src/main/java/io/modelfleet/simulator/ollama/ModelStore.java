package io.modelfleet.simulator.ollama;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ollama's files: {@code manifests/<host>/<namespace>/<model>/<tag>} and {@code
 * blobs/sha256-<hex>}, with {@code -partial} and {@code -partial-<n>} beside a blob on its way.
 */
final class ModelStore {
    private final Path manifests;
    private final Path blobs;
    private final Disk disk;

    ModelStore(Path directory, Disk disk) {
        // Absolute, as the paths in error texts are.
        Path root = directory.toAbsolutePath();
        this.manifests = root.resolve("manifests");
        this.blobs = root.resolve("blobs");
        this.disk = disk;
    }

    /** Makes the folders, or counts what is in them. */
    synchronized void open() throws IOException {
        Files.createDirectories(manifests);
        Files.createDirectories(blobs);
        for (StoredModel model : models()) {
            disk.resize(model.file(), Files.size(model.file()));
        }
        try (Stream<Path> files = Files.list(blobs)) {
            for (Path file : files.toList()) {
                count(file);
            }
        }
    }

    private void count(Path file) throws IOException {
        String name = file.getFileName().toString();
        int record = name.indexOf("-partial-");
        if (record < 0 && !name.endsWith("-partial")) {
            disk.resize(file, Files.size(file));
        } else if (record >= 0) {
            disk.resize(file, Files.size(file));
            Path partial = file.resolveSibling(name.substring(0, record) + "-partial");
            try {
                BlobPart part = BlobPart.read(partial, disk, file);
                part.grow(part.completed());
            } catch (PullFailure e) {
                // A record without content: the pull that meets it will fail, as it should.
            }
        }
    }

    Path blob(Digest digest) {
        return blobs.resolve("sha256-" + digest.hex());
    }

    /** Newest first. */
    synchronized List<StoredModel> models() throws IOException {
        List<StoredModel> found = new ArrayList<>();
        try (Stream<Path> files = Files.find(manifests, 4, (path, it) -> it.isRegularFile())) {
            for (Path file : files.toList()) {
                read(file).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(StoredModel::modifiedAt).reversed());
        return found;
    }

    private Optional<StoredModel> read(Path file) throws IOException {
        Path parts = manifests.relativize(file);
        if (parts.getNameCount() != 4) {
            return Optional.empty();
        }
        String host = parts.getName(0) + "/" + parts.getName(1);
        try {
            ModelName name =
                    ModelName.parse(host + "/" + parts.getName(2) + ":" + parts.getName(3));
            Manifest manifest = Manifest.parse(Files.readAllBytes(file));
            return Optional.of(
                    new StoredModel(
                            name, file, manifest, Files.getLastModifiedTime(file).toInstant()));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    /** The model of this name, in whatever case it was installed. */
    Optional<StoredModel> find(ModelName name) throws IOException {
        return models().stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** Installs a manifest, under the name's earlier spelling if there is one. */
    synchronized void write(ModelName name, byte[] raw) throws IOException, PullFailure {
        Path file = path(name);
        if (disk.resize(file, raw.length) < raw.length) {
            throw new PullFailure("write " + file + ": no space left on device");
        }
        Files.createDirectories(file.getParent());
        Path fresh = manifests.resolveSibling("manifest.tmp");
        Files.write(fresh, raw);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns false when there is no such model. */
    synchronized boolean copy(ModelName from, ModelName to) throws IOException, PullFailure {
        Optional<StoredModel> source = find(from);
        if (source.isEmpty()) {
            return false;
        }
        if (!from.equals(to)) {
            write(to, Files.readAllBytes(source.get().file()));
        }
        return true;
    }

    /** Removes a model and the blobs that no other one needs; false when there is no such model. */
    synchronized boolean delete(ModelName name) throws IOException {
        Optional<StoredModel> model = find(name);
        if (model.isEmpty()) {
            return false;
        }
        Path file = model.get().file();
        Files.delete(file);
        disk.remove(file);
        removeEmptyFolders(file);
        removeUnused(model.get().digests());
        return true;
    }

    /** Removes those of the blobs that no installed model needs. */
    synchronized void removeUnused(Set<Digest> digests) throws IOException {
        List<StoredModel> models = models();
        for (Digest digest : digests) {
            if (models.stream().noneMatch(model -> model.digests().contains(digest))) {
                removeBlob(digest);
            }
        }
    }

    void removeBlob(Digest digest) throws IOException {
        Path blob = blob(digest);
        Files.deleteIfExists(blob);
        disk.remove(blob);
    }

    private void removeEmptyFolders(Path file) throws IOException {
        Path folder = file.getParent();
        while (folder != null && !folder.equals(manifests)) {
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return;
            }
            folder = folder.getParent();
        }
    }

    private Path path(ModelName name) throws IOException {
        Optional<StoredModel> existing = find(name);
        if (existing.isPresent()) {
            return existing.get().file();
        }
        return manifests
                .resolve(name.host())
                .resolve(name.namespace())
                .resolve(name.model())
                .resolve(name.tag());
    }
}
