/** {@code mvn -Pbench}: how much one coordinator bears. */
@NullMarked
package io.modelfleet.simulator.bench;

import org.jspecify.annotations.NullMarked;
