package io.modelfleet.coordinator.db;

/**
 * What a row held.
 *
 * @param version the fleet's version at the row's last change; a writer names it to be sure that
 *     nobody else was faster
 */
public record Stored<T>(T value, long version) {}
