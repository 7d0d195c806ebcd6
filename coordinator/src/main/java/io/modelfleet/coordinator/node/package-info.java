/** Registration, heartbeats, presence: what the coordinator knows of each machine. */
@NullMarked
package io.modelfleet.coordinator.node;

import org.jspecify.annotations.NullMarked;
