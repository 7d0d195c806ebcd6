package io.modelfleet.protocol;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a pull, a removal and a retry.
 *
 * @param alreadyInstalled true when the node held the model when it was asked for; otherwise absent
 */
public record TaskCreated(UUID taskId, @Nullable Boolean alreadyInstalled) {}
