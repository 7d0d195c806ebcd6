/** The connection, the migrations, and what differs between databases. */
@NullMarked
package io.modelfleet.coordinator.db;

import org.jspecify.annotations.NullMarked;
