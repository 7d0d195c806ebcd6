/** The state machine of a node's unit of work, and how it is handed to its agent. */
@NullMarked
package io.modelfleet.coordinator.task;

import org.jspecify.annotations.NullMarked;
