/** What the stand-ins share: a listener that can go away and come back, bandwidth, and faults. */
@NullMarked
package io.modelfleet.simulator.wire;

import org.jspecify.annotations.NullMarked;
