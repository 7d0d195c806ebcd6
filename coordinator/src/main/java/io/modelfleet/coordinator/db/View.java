package io.modelfleet.coordinator.db;

import io.helidon.dbclient.DbExecute;

/** The database as a transaction sees it: repositories ask it, all others only pass it on. */
public record View(DbExecute execute) {}
