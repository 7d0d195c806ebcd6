/** The way to the coordinator: registration, heartbeats, progress reports. */
@NullMarked
package io.modelfleet.agent.link;

import org.jspecify.annotations.NullMarked;
