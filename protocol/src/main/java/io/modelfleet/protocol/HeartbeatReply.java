package io.modelfleet.protocol;

import java.util.List;

/**
 * The node's open tasks, oldest first: all that the agent should be doing. What it does beyond them
 * it drops.
 */
public record HeartbeatReply(List<TaskOrder> tasks) {}
