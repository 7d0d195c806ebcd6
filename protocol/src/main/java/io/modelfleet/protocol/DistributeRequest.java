package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/models/distribute}: the wish that a model be on these nodes. */
public record DistributeRequest(
        ModelName modelName,
        Target target,
        @Nullable List<UUID> agentIds,
        @Nullable OnUnavailable onUnavailable,
        @Nullable IfInstalled ifInstalled) {

    /** Which nodes are meant. */
    public enum Target {
        /** Every online, schedulable node. */
        @JsonProperty("all")
        ALL,
        /** Those in {@code agent_ids}. */
        @JsonProperty("specific")
        SPECIFIC
    }

    /** What becomes of a node that holds the model. */
    public enum IfInstalled {
        /** Ollama is asked all the same, and fetches only what changed. */
        @JsonProperty("pull")
        PULL,
        /** The node is left out. */
        @JsonProperty("skip")
        SKIP
    }

    /**
     * @throws FleetException {@link ErrorCode#INVALID_REQUEST} without model, without target, or
     *     without the ids of specific nodes
     */
    public DistributeRequest {
        Check.present("model_name", modelName);
        Check.present("target", target);
        if (target == Target.SPECIFIC && (agentIds == null || agentIds.isEmpty())) {
            throw FleetException.missingField("agent_ids");
        }
    }
}
