/** A fleet on one machine: real coordinator and agents, stand-ins for what they talk to. */
@NullMarked
package io.modelfleet.simulator.fleet;

import org.jspecify.annotations.NullMarked;
