package io.modelfleet.agent.pull;

import io.modelfleet.agent.ollama.OllamaClient;
import io.modelfleet.agent.ollama.OllamaReply;
import io.modelfleet.protocol.Blob;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether a model fits on the node's disk: Ollama itself does not look before it downloads. */
public final class StorageCheck {
    private final BlobStore store;
    private final Supplier<Optional<StoreSpace>> disk;
    private final OllamaClient ollama;

    /**
     * @param disk asked at each check; empty when unknown, then nothing is refused
     */
    public StorageCheck(BlobStore store, Supplier<Optional<StoreSpace>> disk, OllamaClient ollama) {
        this.store = store;
        this.disk = disk;
        this.ollama = ollama;
    }

    /**
     * Checks a pull that is about to start.
     *
     * @param ahead the pulls that started earlier and still run: what they need is not free
     * @return the refusal, when it does not fit
     */
    Optional<FleetException> refusal(NodeTask task, List<NodeTask> ahead) {
        Optional<StoreSpace> space = disk.get();
        if (space.isEmpty() || task.blobs().isEmpty()) {
            return Optional.empty();
        }
        long needed = needed(task);
        long promised = ahead.stream().mapToLong(this::needed).sum();
        long free = Math.max(0, space.get().free() - promised);
        return needed > free
                ? Optional.of(FleetException.insufficientStorage(needed, free))
                : Optional.empty();
    }

    private long needed(NodeTask task) {
        List<Blob> blobs = task.blobs();
        if (store.readable()) {
            return store.missing(blobs);
        }
        if (installed(task.model())) {
            // How much of it is new cannot be told from outside; Ollama reports a full disk itself.
            return 0;
        }
        return Math.max(0, Manifest.size(blobs) - task.progress().bytesCompleted());
    }

    private boolean installed(ModelName model) {
        return ollama.tags() instanceof OllamaReply.Ok<List<InstalledModel>> tags
                && tags.value().stream().anyMatch(held -> held.name().equals(model));
    }
}
