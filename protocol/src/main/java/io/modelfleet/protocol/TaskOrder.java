package io.modelfleet.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work handed to an agent: an entry of {@link HeartbeatReply}, and the body of {@code POST /pull}
 * and {@code POST /remove} on the agent.
 *
 * @param kind absent from the bodies, where the path says it
 * @param agentId for whom it is; absent from answers to heartbeats, which go to nobody else
 * @param blobs what the model consists of, where the coordinator knows it: the ground for progress
 *     over the whole model and for the check of the disk
 */
public record TaskOrder(
        UUID taskId,
        @Nullable TaskKind kind,
        ModelName model,
        @Nullable UUID agentId,
        @Nullable List<Blob> blobs) {
    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} for a missing field or impossible
     *     sizes
     */
    public TaskOrder {
        Check.present("task_id", taskId);
        Check.present("model", model);
        if (blobs != null) {
            Manifest.size(blobs);
        }
    }
}
