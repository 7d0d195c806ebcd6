package io.modelfleet.protocol;

import java.util.UUID;

/** The agent's 202 to {@code POST /pull} and {@code POST /remove}. */
public record TaskAccepted(String message, ModelName model, UUID taskId) {}
