/** The version counter behind the calls that ask what is new. */
@NullMarked
package io.modelfleet.coordinator.change;

import org.jspecify.annotations.NullMarked;
