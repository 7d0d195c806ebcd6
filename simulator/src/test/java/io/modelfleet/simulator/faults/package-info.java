@NullMarked
package io.modelfleet.simulator.faults;

import org.jspecify.annotations.NullMarked;
