package io.modelfleet.agent.pull;

import io.modelfleet.agent.ollama.OllamaClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The work of tasks, done through Ollama.
 *
 * @param backoff between tries that failed
 * @param ollamaPause between looks for an Ollama that is not running
 */
public record OllamaWorks(
        OllamaClient ollama,
        StorageCheck storage,
        BlobStore store,
        Backoff backoff,
        Duration ollamaPause)
        implements Work.Factory {
    @Override
    public Work create(NodeTask task, Supplier<List<NodeTask>> ahead) {
        return switch (task.kind()) {
            case PULL -> new PullWork(task, ahead, this);
            case REMOVE -> new RemoveWork(task, this);
        };
    }
}
