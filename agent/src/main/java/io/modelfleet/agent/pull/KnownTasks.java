package io.modelfleet.agent.pull;

import java.util.Set;
import java.util.UUID;

/**
 * What the queue knew at one moment: taken before a heartbeat is sent, held against its answer.
 *
 * @param ids of all tasks, those included whose end the coordinator has not confirmed
 * @param forgotten how many tasks the queue had forgotten by then
 */
public record KnownTasks(Set<UUID> ids, long forgotten) {}
