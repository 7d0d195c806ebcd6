package io.modelfleet.protocol;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Registration}.
 *
 * @param autoDistributedModel the model that was chosen by GPU memory, when this registration
 *     started its download
 */
public record RegistrationReply(
        UUID agentId,
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                Status status,
        @Nullable ModelName autoDistributedModel,
        @Nullable UUID downloadTaskId) {

    /** Whether the node was new. */
    public enum Status {
        @JsonProperty("registered")
        REGISTERED,
        @JsonEnumDefaultValue
        @JsonProperty("updated")
        UPDATED
    }
}
