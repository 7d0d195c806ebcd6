@NullMarked
package io.modelfleet.simulator.fleet;

import org.jspecify.annotations.NullMarked;
