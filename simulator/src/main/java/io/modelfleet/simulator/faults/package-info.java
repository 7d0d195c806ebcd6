/**
 * The promise of the README under attack: real processes, a network that fails in every way, kills
 * at random moments, and the invariants that must hold all the while.
 */
@NullMarked
package io.modelfleet.simulator.faults;

import org.jspecify.annotations.NullMarked;
