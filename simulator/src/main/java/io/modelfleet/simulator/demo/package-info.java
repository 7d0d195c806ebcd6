/** {@code mvn -Pdemo}: six simulated nodes to look at and play with. */
@NullMarked
package io.modelfleet.simulator.demo;

import org.jspecify.annotations.NullMarked;
