package io.modelfleet.protocol;

import org.jspecify.annotations.Nullable;

/** {@code POST /api/agents/{id}/models/pull}. */
public record PullRequest(ModelName modelName, @Nullable OnUnavailable onUnavailable) {
    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} without a model name
     */
    public PullRequest {
        Check.present("model_name", modelName);
    }
}
